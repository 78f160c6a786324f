"""The ledger as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    """The public record, which knows nothing of the stages that write in it."""

    name = "answerable.ledger"
    label = "ledger"
    verbose_name = _("Public record")
    default_auto_field = "django.db.models.BigAutoField"
