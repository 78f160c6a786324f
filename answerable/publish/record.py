"""The public record for programs: entries, proofs, checkpoints."""

from typing import Annotated

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Query, Router

from answerable.ledger import queries
from answerable.ledger.models import Entry
from answerable.publish import schemas, shapes

router = Router(tags=["record"])
LIMIT = 100
_LARGEST_INDEX = 9_223_372_036_854_775_807


@router.get("/", response=schemas.EntryPage)
def list_entries(
    request: HttpRequest, before: Annotated[int | None, Query(ge=0, le=_LARGEST_INDEX)] = None
) -> schemas.EntryPage:
    """List entries of the record, newest first, from before a place."""
    rows = queries.latest_entries(before_index=before, limit=LIMIT)
    following = None
    if len(rows) == LIMIT and rows[-1].index > 0:
        following = request.build_absolute_uri(f"{reverse('api:list_entries')}?before={rows[-1].index}")
    return schemas.EntryPage(size=queries.head().size, items=[shapes.entry(row) for row in rows], next=following)


@router.get("/checkpoint", response={200: str}, url_name="checkpoint")
def read_checkpoint(request: HttpRequest) -> HttpResponse:
    """Read the newest signed checkpoint, as a C2SP note in plain text."""
    newest = queries.newest_checkpoint()
    if newest is None:
        raise Http404
    return HttpResponse(newest.note, content_type="text/plain; charset=utf-8")


@router.get("/key", response={200: str}, url_name="verifier_key")
def read_verifier_key(request: HttpRequest) -> HttpResponse:
    """Read the public key that checkpoints are signed with."""
    key = queries.verifier_key()
    if not key:
        raise Http404
    return HttpResponse(f"{key}\n", content_type="text/plain; charset=utf-8")


@router.get("/{int:index}/proof", response=schemas.ProofOut)
def read_proof(request: HttpRequest, index: int) -> schemas.ProofOut:
    """Read the proof that an entry lies in the record."""
    entry = get_object_or_404(Entry, index=index)
    proof = queries.proof_of(entry)
    return schemas.ProofOut(
        index=proof.index,
        size=proof.size,
        leaf_hash=bytes(entry.leaf_hash).hex(),
        path=[bytes(node).hex() for node in proof.path],
        checkpoint=proof.checkpoint,
    )
