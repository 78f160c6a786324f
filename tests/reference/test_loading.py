"""Loading the packaged rows: complete, repeatable, and after every migrate."""

from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.state import ProjectState

from answerable.reference.actions import load_reference
from answerable.reference.apps import ReferenceConfig, load_after_migrate
from answerable.reference.models import Goal, Indicator, Language, Target
from tests.factories.ledger import guards_lifted

pytestmark = pytest.mark.django_db

ROW_COUNTS = {
    "Goal": 17,
    "Target": 169,
    "Indicator": 252,
    "Region": 30,
    "Country": 249,
    "Sector": 7,
    "StakeholderGroup": 21,
    "EntityType": 12,
    "Language": 92,
}


def reference_config() -> ReferenceConfig:
    """Find this room's configuration."""
    config = apps.get_app_config("reference")
    assert isinstance(config, ReferenceConfig)
    return config


def everything() -> dict[str, list[Any]]:
    """Read every row of the room."""
    return {model.__name__: list(model._default_manager.values()) for model in reference_config().get_models()}


def test_a_migrated_database_holds_every_row() -> None:
    assert {name: len(rows) for name, rows in everything().items()} == ROW_COUNTS


def test_loading_again_writes_nothing() -> None:
    before = everything()
    assert load_reference() == dict.fromkeys(ROW_COUNTS, 0)
    assert everything() == before


def test_loading_mends_what_differs_and_adds_what_is_missing() -> None:
    before = everything()
    Goal.objects.filter(pk=3).update(labels={"en": "wrong"})
    Target.objects.filter(pk="3.4").update(position=999)
    Language.objects.all().delete()
    assert load_reference() == dict.fromkeys(ROW_COUNTS, 0) | {"Goal": 1, "Target": 1, "Language": 92}
    assert everything() == before


def test_loading_keeps_the_official_wording_and_rows_of_other_editions() -> None:
    Goal.objects.filter(pk=3).update(color="#000000", official_labels={"en": "theirs"})
    Indicator.objects.create(code="3.4.9", target_id="3.4", position=900, framework_edition="2025")
    load_reference()
    goal = Goal.objects.get(pk=3)
    assert (goal.color, goal.official_labels) == ("#4c9f38", {"en": "theirs"})
    assert Indicator.objects.filter(framework_edition="2025").count() == 1


def test_a_migrate_to_todays_tables_loads_the_rows() -> None:
    Language.objects.all().delete()
    load_after_migrate(sender=reference_config(), using="default", apps=apps)
    assert Language.objects.count() == 92


def test_a_migrate_to_a_point_without_the_tables_loads_nothing() -> None:
    Language.objects.all().delete()
    load_after_migrate(sender=reference_config(), using="default", apps=ProjectState().apps)
    assert Language.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_flushed_database_is_filled_again() -> None:
    Goal.objects.filter(pk=3).update(color="#000000")
    with guards_lifted():
        call_command("flush", verbosity=0, interactive=False)
    assert {name: len(rows) for name, rows in everything().items()} == ROW_COUNTS
    assert Goal.objects.get(pk=3).color == "#4c9f38"


def test_the_command_says_how_many_rows_it_wrote(capsys: pytest.CaptureFixture[str]) -> None:
    Language.objects.filter(pk="km").delete()
    call_command("load_reference")
    assert capsys.readouterr().out == "Reference rows written: 1.\n"
