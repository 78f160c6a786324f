"""Stating at the desk who should be heard, and what the balance and the report say then."""

from dataclasses import asdict

import pytest

from answerable.consultations.models import StatedReference
from answerable.consultations.queries import references_of
from answerable.reference.models import Country
from answerable.synthesis.actions.run_settings import settings_for, settings_of
from answerable.synthesis.queries.participation import participation
from answerable.synthesis.queries.report_rows import report_rows
from answerable.synthesis.queries.report_tables import participation_section
from tests.factories.consultations import ContributionFactory, StatedReferenceFactory
from tests.factories.reference import SectorFactory
from tests.factories.synthesis import SynthesisRunFactory

BALANCE = "/desk/consultations/water/synthesis/balance/"
PAGE = f"{BALANCE}reference/sector/"
TYPED = {"act": "save", "source": "Register of partners, 2025", "share-public": "50", "share-community": "50"}


@pytest.fixture
def heard(world):
    """Eight contributions of the public sector and four of the private one."""
    for key, count in (("public", 8), ("private", 4)):
        sector = SectorFactory(key=key)
        for _n in range(count):
            ContributionFactory(session=world.session, sector=sector)


def test_reference_is_stated_and_the_balance_is_held_against_it(convener, heard):
    answer = convener.post(PAGE, TYPED)

    assert answer["Location"] == BALANCE
    page = convener.get(BALANCE).content.decode()
    assert "Source of the expected shares: <bdi>Register of partners, 2025</bdi>" in page
    # Shares 2/3 and 1/3 against 0.5 public and 0.5 community: 1 - (1/6 + 1/3 + 1/2) / 2.
    assert "Representativeness: 50%" in page
    assert "Missing, with no contribution at all: Local communities and people affected." in page
    assert "Not in the reference: Private sector." in page
    assert 'value="50"' in convener.get(PAGE).content.decode()


def test_reference_with_problems_keeps_what_was_typed_and_says_it_at_the_field(convener):
    answer = convener.post(PAGE, {"act": "save", "source": "", "share-public": "half", "share-private": "30"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#f-share-public">Public sector</a>: Write a number from 0 up' in page
    assert '<a href="#f-source">Source of the figures</a>: Say where these figures come from' in page
    assert 'value="half"' in page
    assert 'value="30"' in page
    assert not StatedReference.objects.exists()


def test_balance_below_the_least_count_says_insufficient_data(rapporteur, world):
    StatedReferenceFactory(consultation=world.consultation)

    page = rapporteur.get(BALANCE).content.decode()

    assert "Insufficient data: 0 contributions name a group here, and a comparison needs at least 10." in page
    assert "Representativeness:" not in page
    assert PAGE not in page


def test_reference_is_removed(convener, world):
    StatedReferenceFactory(consultation=world.consultation)

    assert convener.post(PAGE, {"act": "remove"})["Location"] == BALANCE

    assert "State who should be heard, with a source" in convener.get(BALANCE).content.decode()
    assert not StatedReference.objects.exists()


def test_reference_page_knows_four_axes_and_conveners_only(convener, rapporteur):
    for axis in ("stakeholder_group", "country", "language"):
        assert convener.get(f"{BALANCE}reference/{axis}/").status_code == 200
    assert convener.get(f"{BALANCE}reference/region/").status_code == 404
    assert rapporteur.get(PAGE).status_code == 403
    assert convener.post(PAGE, {"act": "publish"}).status_code == 400


def test_report_says_who_was_heard_against_the_reference_and_who_is_missing(world, heard):
    StatedReferenceFactory(consultation=world.consultation, shares={"public": 25, "private": 25, "community": 50})

    rows = report_rows(world.consultation, language="en").contributions
    references = references_of(world.consultation)

    who = participation(rows, cited=set(), references=references, language="en")

    [figures] = who["references"]
    assert [(row["label"], row["count"], row["expected"], row["is_missing"]) for row in figures["rows"]] == [
        ("Public sector", 8, 0.25, False),
        ("Private sector", 4, 0.25, False),
        ("Local communities and people affected", 0, 0.5, True),
    ]
    assert figures["representativeness"]["share"] == 0.5
    blocks = participation_section({"participation": who, "language": "en"})
    [table] = [block for block in blocks if getattr(block, "caption", "").startswith("Sector, held against:")]
    # Wilson, 8 of 12: 39.1 to 86.2 %.
    assert table.rows[0] == ("Public sector", "8", "67%", "39% to 86%", "25%", "More than expected")


def test_run_takes_the_reference_into_its_settings(world):
    StatedReferenceFactory(consultation=world.consultation)
    settings = settings_for(world.consultation)
    run = SynthesisRunFactory(consultation=world.consultation, settings=asdict(settings))
    run.refresh_from_db()

    assert settings_of(run) == settings
    assert settings.references[0].source == "Register of partners, 2025"


def test_countries_are_stated_as_a_list_and_the_missing_are_named(convener, world):
    for code in ("FJI", "VUT", "FRA"):
        ContributionFactory(session=world.session, country=Country.objects.get(pk=code))
    page = f"{BALANCE}reference/country/"
    typed = {"act": "save", "source": "Member States", "lines": "Fiji\nvut\n Samoa \n\nTonga"}

    assert convener.post(page, typed)["Location"] == BALANCE

    kept = StatedReference.objects.get(axis="country")
    assert kept.shares == {"FJI": None, "TON": None, "VUT": None, "WSM": None}
    shown = convener.get(BALANCE).content.decode()
    assert "The reference says who should be heard and states no shares." in shown
    assert "Missing, with no contribution at all: Tonga; Samoa." in shown
    assert "Not in the reference: France." in shown
    assert "Fiji\nSamoa\nTonga\nVanuatu</textarea>" in convener.get(page).content.decode()


def test_languages_are_stated_with_shares_in_digits_of_any_script(convener, world):
    for language, count in (("en", 6), ("ar", 5), ("tok", 1)):
        for _n in range(count):
            ContributionFactory(session=world.session, language=language)
    page = f"{BALANCE}reference/language/"
    typed = {"act": "save", "source": "Census", "lines": "English: 40\nالعربية ٤٠ %\nFrench, 20"}

    assert convener.post(page, typed)["Location"] == BALANCE

    kept = StatedReference.objects.get(axis="language")
    assert kept.shares == {"en": 40.0, "ar": 40.0, "fr": 20.0}
    rows = report_rows(world.consultation, language="en").contributions
    who = participation(rows, cited=set(), references=references_of(world.consultation), language="en")
    [figures] = who["references"]
    heard = {row["label"]: (row["count"], row["expected"]) for row in figures["rows"]}
    assert heard == {"English": (7, 0.4), "Arabic": (5, 0.4), "French": (0, 0.2)}
    assert (figures["missing"], figures["others"]) == (["French"], ["Toki Pona"])


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("Atlantis 5", "“Atlantis 5” names nobody that is known here."),
        ("Fiji 5\nFJI 6", "“FJI 6” is in the list already."),
        ("Fiji -5", "Write a number from 0 up, such as 40 or 12.5."),
        ("", "Give at least one group a share."),
        ("Fiji 20\nSamoa", "Give every group a share, or none of them."),
        ("Fiji 0\nSamoa 0", "At least one share must be above 0."),
    ],
)
def test_list_that_cannot_be_understood_is_told_and_kept_as_typed(convener, world, lines, said):
    typed = {"act": "save", "source": "Census", "lines": lines}
    answer = convener.post(f"{BALANCE}reference/country/", typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert f"{lines}</textarea>" in answer.content.decode()
    assert not StatedReference.objects.exists()
