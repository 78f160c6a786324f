"""Everything that adds to the record."""

from answerable.ledger.actions.checkpoints import sign_checkpoint
from answerable.ledger.actions.entries import EntryDraft, record, record_many
from answerable.ledger.actions.erasures import erase_actor, erase_openings

__all__ = ["EntryDraft", "erase_actor", "erase_openings", "record", "record_many", "sign_checkpoint"]
