"""An operator brings the official wording: all of it, or nothing with a sentence for each bad row."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from answerable.foundation.verdicts import Unacceptable
from answerable.reference.actions import load_official_wording
from answerable.reference.models import Goal, Indicator, Target
from tests.reference.official_file import official_file

pytestmark = pytest.mark.django_db

GOAL = {"code": "4", "short": {"en": "Short", "zh-Hans": "短"}, "title": {"en": "A  long\ntitle", "fr": "Un titre"}}
TARGET = {"code": "4.a", "title": {"en": "A target", "ar": "غاية"}}
INDICATOR = {"code": "4.a.1", "title": {"en": "An indicator"}}


def file_with(folder: Path, content: object) -> Path:
    """Write a JSON file."""
    path = folder / "official.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def wordings() -> list[Any]:
    """Read all official texts there are."""
    return [
        *Goal.objects.values_list("pk", "official_labels", "official_wording"),
        *Target.objects.values_list("pk", "official_wording"),
        *Indicator.objects.values_list("pk", "official_wording"),
    ]


def problems_with(folder: Path, content: object) -> dict[str, list[str]]:
    """Load a bad file, see that nothing changed, and return what was said about it."""
    before = wordings()
    with pytest.raises(Unacceptable) as refusal:
        load_official_wording(file_with(folder, content))
    assert wordings() == before
    return refusal.value.problems


def test_loading_a_good_file_puts_its_texts_first(tmp_path: Path) -> None:
    path = file_with(tmp_path, {"goals": [GOAL], "targets": [TARGET], "indicators": [INDICATOR], "_meta": {}})
    assert load_official_wording(path) == {"Goal": 1, "Target": 1, "Indicator": 1}
    goal, target = Goal.objects.get(pk=4), Target.objects.get(pk="4.a")
    assert (goal.label("zh-hans").text, goal.description("fr").text) == ("短", "Un titre")
    assert goal.description("en").text == "A long title"
    assert (target.wording("ar").text, target.wording("fr").text) == ("غاية", "A target")
    assert Indicator.objects.get(pk="4.a.1").wording("fr").text == "An indicator"
    assert Goal.objects.get(pk=5).official_labels == {}


def test_loading_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    path = file_with(tmp_path, {"goals": [GOAL]})
    load_official_wording(path)
    before = wordings()
    load_official_wording(path)
    assert wordings() == before


def test_loading_the_file_of_all_six_languages_words_every_row() -> None:
    assert load_official_wording(official_file()) == {"Goal": 17, "Target": 169, "Indicator": 247}
    assert all(target.wording("ru").is_in("ru") for target in Target.objects.all())


def test_loading_a_file_with_bad_rows_names_each_and_changes_nothing(tmp_path: Path) -> None:
    rows = [
        GOAL,
        {**GOAL, "code": "18"},
        GOAL,
        {"code": "5", "short": {"fr": "Court"}, "title": "text"},
        {"code": "6", "short": {"en": "S", "zh-Hans": "短", "zh": "短"}, "title": {"en": " ", "Français": "x"}},
        "not a row",
    ]
    assert problems_with(tmp_path, {"goals": rows, "targets": [TARGET]}) == {
        "goals 2 (18)": ["There is no such code as “18”."],
        "goals 3 (4)": ["The code “4” is there twice."],
        "goals 4 (5)": [
            "“short” has no English text.",
            "“title” must be an object with a text for each language.",
        ],
        "goals 5 (6)": [
            "“short” has two texts for one language.",
            "“title” has no English text.",
            "The text of “title” in “en” must have between 1 and 2000 characters.",
            "“Français” is not a language tag.",
        ],
        "goals 6 ()": [
            "There is no such code as “”.",
            "“short” must be an object with a text for each language.",
            "“title” must be an object with a text for each language.",
        ],
    }


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        ([], {"": ["The file must hold a JSON object with lists of goals, targets and indicators."]}),
        ({}, {"": ["The file has no row in “goals”, “targets” or “indicators”."]}),
        ({"goals": {}}, {"goals": ["This must be a list."]}),
    ],
)
def test_loading_a_file_of_another_shape_is_refused(
    tmp_path: Path, content: object, problems: dict[str, list[str]]
) -> None:
    assert problems_with(tmp_path, content) == problems


@pytest.mark.parametrize("written", [b"{", b"\xff\xfe\x00", b"[" * 100_000])
def test_loading_a_file_that_is_not_json_is_refused(tmp_path: Path, written: bytes) -> None:
    path = tmp_path / "official.json"
    path.write_bytes(written)
    with pytest.raises(Unacceptable, match="The file is not JSON in UTF-8"):
        load_official_wording(path)


def test_loading_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unacceptable, match="The file cannot be read: No such file or directory"):
        load_official_wording(tmp_path / "none.json")


def test_loading_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "official.json"
    with path.open("wb") as file:
        file.truncate(20_000_001)
    with pytest.raises(Unacceptable, match="larger than 20 MB"):
        load_official_wording(path)


def test_the_command_takes_the_file_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_reference", official=file_with(tmp_path, {"goals": [GOAL]}))
    assert capsys.readouterr().out == "Reference rows written: 0.\nOfficial wording taken in for 1 rows.\n"


def test_the_command_refuses_a_bad_file_row_by_row(tmp_path: Path) -> None:
    path = file_with(tmp_path, {"goals": [{**GOAL, "code": "18"}]})
    with pytest.raises(CommandError) as refusal:
        call_command("load_reference", official=path)
    assert str(refusal.value) == "Nothing was changed.\ngoals 1 (18): There is no such code as “18”."
