"""What can go wrong with the record, one class for each thing a caller would treat differently."""


class LedgerError(Exception):
    """Anything the ledger refuses."""


class NotInTransaction(LedgerError):
    """An entry was to be written outside a transaction, so that it could have outlived an act that failed."""


class Unrecordable(LedgerError, ValueError):
    """A kind, subject, time or fact that has no place in the entry format."""


class MalformedBody(LedgerError, ValueError):
    """Bytes that are not the canonical body of an entry."""


class MalformedNote(LedgerError, ValueError):
    """Text that is not a signed note, a checkpoint or a key in the published format."""


class BadSignature(LedgerError):
    """A note that the named key did not sign."""


class ReceiptRefused(LedgerError):
    """A receipt that does not prove what it says."""


class RecordAltered(LedgerError):
    """The stored record contradicts itself, so that nothing may be proved or signed from it."""


class NotYetSigned(LedgerError):
    """No checkpoint covers the entry yet."""
