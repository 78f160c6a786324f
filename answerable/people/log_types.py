"""Kinds of ledger entries that this room writes."""

ROLE_GRANTED = "people.role_granted"
ROLE_ENDED = "people.role_ended"
ORGANISATION_ADDED = "people.organisation_added"
ORGANISATION_CHANGED = "people.organisation_changed"
ORGANISATION_VERIFIED = "people.organisation_verified"
DELEGATE_NAMED = "people.delegate_named"
DELEGATE_ENDED = "people.delegate_ended"
