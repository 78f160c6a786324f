"""Signing what the record is, after making sure that it is still what was signed before."""

from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction

from answerable.ledger import body as bodies
from answerable.ledger import keys, outside
from answerable.ledger.actions.entries import locked_head
from answerable.ledger.errors import BadSignature, MalformedBody, MalformedNote, RecordAltered
from answerable.ledger.merkle import Frontier, leaf_hash, stored_frontier
from answerable.ledger.models import Checkpoint, Entry
from answerable.ledger.notes import CheckpointText, SigningKey, opened_checkpoint
from answerable.ledger.queries import head, newest_checkpoint
from answerable.ledger.tiles import StoredNodes


def sign_checkpoint(at: datetime) -> Checkpoint:
    """
    Sign the record as it stands, keep the checkpoint and, once it is committed, add it to the file outside.

    The root is recomputed from the last signed one and the bodies of all entries since; nothing is signed that does
    not extend it: then RecordAltered is raised. When nothing was added, or another process signed more meanwhile, the
    last checkpoint is returned. The key is made on first use.
    """
    key = keys.kept_signing_key(settings.LEDGER_KEY_FILE, origin=settings.LEDGER_ORIGIN)
    last = newest_checkpoint()
    current = head()
    if last is not None and current.size < last.size:
        raise RecordAltered(f"The record is shorter than the {last.size} entries that were signed; nothing was signed.")
    root = _recomputed(current, last=last, key=key).root()
    if root != current.root():
        raise RecordAltered("The entries do not add up to the head of the record; nothing was signed.")
    note = key.sign(str(CheckpointText(origin=key.name, size=current.size, root=root)))
    with transaction.atomic():
        # Checkpoints are committed in order of size, so that the file can catch up from its last one.
        locked_head()
        checkpoint = newest_checkpoint()
        if checkpoint is None or checkpoint.size < current.size:
            checkpoint = Checkpoint.objects.create(size=current.size, root=root, note=note, signed_at=at)
        transaction.on_commit(partial(_keep_outside, checkpoint))
    return checkpoint


def _recomputed(current: Frontier, *, last: Checkpoint | None, key: SigningKey) -> Frontier:
    frontier = Frontier() if last is None else _signed_frontier(last, key=key)
    entries = Entry.objects.filter(index__gte=frontier.size, index__lt=current.size).order_by("index")
    for index, kind, body in entries.values_list("index", "kind", "body").iterator(chunk_size=2_000):
        try:
            said = bodies.decoded(bytes(body))
        except MalformedBody as problem:
            raise RecordAltered(f"Entry {index} is not readable; nothing was signed.") from problem
        if (said.index, said.kind) != (index, kind) or index != frontier.size:
            raise RecordAltered(f"Entry {index} is not what its body says; nothing was signed.")
        frontier.append(leaf_hash(bytes(body)))
    return frontier


def _signed_frontier(last: Checkpoint, *, key: SigningKey) -> Frontier:
    try:
        signed = opened_checkpoint(last.note, key=key.verifier)
    except (BadSignature, MalformedNote) as problem:
        raise RecordAltered("The last checkpoint was not signed with this key; nothing was signed.") from problem
    frontier = stored_frontier(signed.size, node=StoredNodes())
    if frontier.root() != signed.root:
        raise RecordAltered(f"The first {signed.size} entries are not what was signed; nothing was signed.")
    return frontier


def _keep_outside(checkpoint: Checkpoint) -> None:
    path = settings.LEDGER_CHECKPOINT_FILE
    newest = outside.newest_kept_notes(path)
    if checkpoint.note in newest:
        return
    # A crash between commit and file leaves the file behind; the next checkpoint brings it up to date.
    known = dict(Checkpoint.objects.filter(note__in=newest[:20]).values_list("note", "size"))
    kept = max(known.values(), default=-1)
    missing = list(Checkpoint.objects.filter(size__gt=kept).order_by("size").values_list("note", flat=True))
    is_stranger = bool(newest) and not known
    outside.keep_notes(path, notes=[checkpoint.note] if is_stranger else missing)
