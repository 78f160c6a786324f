"""The kinds of entry that the ledger itself writes."""

OPENING_ERASED = "ledger.opening_erased"
