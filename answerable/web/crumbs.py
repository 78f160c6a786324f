"""The way from the start page to a page."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from answerable.consultations.models import Consultation, ConsultationText


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way; the last, the page itself, has no address."""

    text: str
    address: str = ""
    language: str = ""


def way_to(*steps: Crumb) -> list[Crumb]:
    """Return the steps with the start page before them."""
    return [Crumb(_("Home"), reverse("home")), *steps]


def crumb_of_consultation(consultation: Consultation, text: ConsultationText | None) -> Crumb:
    """Return the step of a consultation, named in the language of its text."""
    address = reverse("consultation", kwargs={"slug": consultation.slug})
    if text is None:
        return Crumb(consultation.slug, address)
    return Crumb(text.title, address, text.language)
