"""Files of contributions that came from elsewhere: taken in, mapped, checked, loaded."""

from answerable.consultations.actions.intake.checking import check_import
from answerable.consultations.actions.intake.loading import load_import
from answerable.consultations.actions.intake.mapping import FIELDS, set_mapping
from answerable.consultations.actions.intake.starting import start_import

__all__ = ["FIELDS", "check_import", "load_import", "set_mapping", "start_import"]
