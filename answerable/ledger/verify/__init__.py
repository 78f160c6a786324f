"""The verifier: walks the whole record and says exactly what was altered."""

from answerable.ledger.verify.record import Report, verify_record

__all__ = ["Report", "verify_record"]
