"""The kinds of entry in the public record, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_WORDS = {
    "people.role_granted": gettext_lazy("A role was given"),
    "people.role_ended": gettext_lazy("A role was ended"),
    "people.organisation_added": gettext_lazy("An organisation was added"),
    "people.delegate_named": gettext_lazy("An organisation named a delegate"),
    "people.delegate_ended": gettext_lazy("A delegation ended"),
    "consultations.created": gettext_lazy("A consultation was begun"),
    "consultations.changed": gettext_lazy("A consultation was changed"),
    "consultations.published": gettext_lazy("A consultation was published"),
    "consultations.concluded": gettext_lazy("A consultation was concluded"),
    "consultations.contribution_received": gettext_lazy("A contribution was received"),
    "consultations.contribution_revised": gettext_lazy("A contribution was changed by its author"),
    "consultations.contribution_withdrawn": gettext_lazy("A contribution was withdrawn by its author"),
    "consultations.reply_received": gettext_lazy("A reply was received"),
    "consultations.reply_withdrawn": gettext_lazy("A reply was withdrawn by its author"),
    "consultations.stance_taken": gettext_lazy("Somebody took a position"),
    "consultations.stance_withdrawn": gettext_lazy("Somebody took back a position"),
    "consultations.digest_published": gettext_lazy("A weekly summary was published"),
    "consultations.moderated": gettext_lazy("A moderator decided over a text"),
    "consultations.appeal_filed": gettext_lazy("An author objected to a decision"),
    "consultations.appeal_decided": gettext_lazy("An objection was decided"),
    "consultations.import_loaded": gettext_lazy("Contributions were brought in from a file"),
    "synthesis.run_started": gettext_lazy("A synthesis run was started"),
    "synthesis.run_finished": gettext_lazy("A synthesis run ended"),
    "synthesis.theme_changed": gettext_lazy("A theme was changed"),
    "synthesis.contribution_coded": gettext_lazy("A contribution was placed under a theme"),
    "synthesis.finding_written": gettext_lazy("A finding was written or changed"),
    "synthesis.finding_deleted": gettext_lazy("A finding was deleted"),
    "synthesis.disposition_decided": gettext_lazy("It was decided what becomes of a contribution"),
    "synthesis.recommendation_written": gettext_lazy("A recommendation was written or changed"),
    "synthesis.recommendation_deleted": gettext_lazy("A recommendation was deleted"),
    "synthesis.report_published": gettext_lazy("An outcome report was published"),
    "synthesis.report_name_erased": gettext_lazy("A name was erased from a report"),
    "ledger:opening:erased": gettext_lazy("Personal facts were erased"),
}


def said_of_kind(kind: str) -> str:
    """Return what an entry of a kind says happened; a kind without words of its own is named as it is."""
    return str(_WORDS[kind]) if kind in _WORDS else _("Entry of the kind %(kind)s") % {"kind": kind}
