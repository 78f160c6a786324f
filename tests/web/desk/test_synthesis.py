"""The rapporteur's desk: contributions side by side, placed, quoted from, sorted many at once; themes and runs."""

from datetime import timedelta

import pytest

from answerable.synthesis.models import Citation, Coding, Disposition, SynthesisRun, Theme
from answerable.synthesis.states import DispositionKind, Provenance, RunState, ThemeState
from answerable.web.desk.synthesis import many
from tests.factories.consultations import NOW, ContributionFactory
from tests.factories.synthesis import (
    CitationFactory,
    CodingFactory,
    ContributionLabelFactory,
    DispositionFactory,
    FindingFactory,
    SynthesisRunFactory,
    ThemeFactory,
)

DESK = "/desk/consultations/water/synthesis/"
TEXT = "The board hangs by the pump. Every household can write on it. The officer answers there 🙂 too."


@pytest.fixture
def said(world):
    return ContributionFactory(session=world.session, text=TEXT)


@pytest.fixture
def theme(world):
    return ThemeFactory(session=world.session, label="Boards", key_phrases=["board", "tap"])


@pytest.fixture
def finding(world):
    return FindingFactory(session=world.session, title="Figures are believed where they hang")


def quote(said, finding, **typed):
    return {"act": "quote", "c": said.receipt_code, "quoting": finding.public_id, **typed}


def place(**typed):
    return {"act": "place", "treatment": "keep", **typed}


def test_queue_begins_with_the_oldest_and_shows_it(rapporteur, world, said):
    page = rapporteur.get(DESK)
    codes = [row.code for row, _query in page.context["queue"]]
    assert codes == [said.receipt_code, world.contribution.receipt_code]
    assert page.context["chosen"].contribution == said
    assert "0 of 2 contributions have a place: 0 cited, 0 merged, 0 set aside" in page.content.decode()


def test_contribution_is_placed_under_a_theme_and_the_next_one_comes(rapporteur, world, said, theme):
    answer = rapporteur.post(f"{DESK}?c={said.receipt_code}", place(theme=theme.public_id))
    assert answer["Location"] == f"{DESK}?c={world.contribution.receipt_code}"
    assert Coding.objects.get(contribution=said).provenance == Provenance.PERSON


def test_contribution_is_placed_under_a_theme_made_for_it(rapporteur, said):
    rapporteur.post(f"{DESK}?c={said.receipt_code}", place(theme="new", label="Public boards"))
    assert Coding.objects.get(contribution=said).theme.label == "Public boards"


def test_contribution_is_merged_and_opened_again(rapporteur, said, finding):
    address = f"{DESK}?c={said.receipt_code}"
    rapporteur.post(address, place(treatment="merge", finding=finding.public_id))
    kept = Disposition.objects.get(contribution=said)
    assert (kept.kind, kept.finding) == (DispositionKind.MERGED, finding)
    rapporteur.post(address, place(treatment="undo"))
    assert not Disposition.objects.exists()


def test_setting_aside_for_another_reason_needs_words(rapporteur, said, theme):
    address = f"{DESK}?c={said.receipt_code}"
    typed = place(theme=theme.public_id, treatment="aside", reason_code="other", reason="")
    answer = rapporteur.post(address, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#f-reason">In words, for its author</a>: Write the reason in a sentence' in page
    assert '<option value="other" selected>' in page
    assert not Coding.objects.exists()
    rapporteur.post(address, typed | {"reason": "It is about last year's event."})
    assert Disposition.objects.get().reason == "It is about last year's event."
    assert Coding.objects.get().theme == theme


def test_placing_nothing_is_said(rapporteur, said):
    answer = rapporteur.post(f"{DESK}?c={said.receipt_code}", place())
    assert answer.status_code == 422
    assert "Choose a theme or a treatment." in answer.content.decode()


def test_sentences_are_quoted_neighbours_together(rapporteur, said, finding):
    first, second, third = rapporteur.get(f"{DESK}?c={said.receipt_code}").context["chosen"].sentences
    typed = quote(said, finding, sentence=[first.value, second.value])
    assert rapporteur.post(f"{DESK}?c={said.receipt_code}", typed).status_code == 302
    citation = Citation.objects.get()
    assert citation.quote == "The board hangs by the pump. Every household can write on it."
    assert Disposition.objects.get(contribution=said).kind == DispositionKind.CITED
    sentences = rapporteur.get(f"{DESK}?c={said.receipt_code}").context["chosen"].sentences
    assert [each.is_quoted for each in sentences] == [True, True, False]
    rapporteur.post(f"{DESK}?c={said.receipt_code}", quote(said, finding, sentence=[third.value]))
    assert sorted(Citation.objects.values_list("quote", flat=True)) == sorted([citation.quote, third.text])


def test_sentences_apart_are_two_quotes(rapporteur, said, finding):
    first, _second, third = rapporteur.get(f"{DESK}?c={said.receipt_code}").context["chosen"].sentences
    rapporteur.post(f"{DESK}?c={said.receipt_code}", quote(said, finding, sentence=[first.value, third.value]))
    assert set(Citation.objects.values_list("quote", flat=True)) == {first.text, third.text}


def test_words_are_quoted_as_they_stand(rapporteur, said, finding):
    rapporteur.post(f"{DESK}?c={said.receipt_code}", quote(said, finding, words="household can\nwrite"))
    citation = Citation.objects.get()
    assert (citation.quote, said.text[citation.start : citation.end]) == ("household can write", "household can write")


def test_selected_words_are_quoted_where_they_were_selected(rapporteur, finding, world):
    said = ContributionFactory(session=world.session, text="Water 🙂 is late. Water is dear.")
    start = said.text.rindex("Water")
    typed = quote(said, finding, words="Water", start=str(start), end=str(start + 5))
    rapporteur.post(f"{DESK}?c={said.receipt_code}", typed)
    assert Citation.objects.get().start == start


def test_words_that_do_not_stand_there_are_refused_and_kept(rapporteur, said, finding):
    answer = rapporteur.post(f"{DESK}?c={said.receipt_code}", quote(said, finding, words="the mayor lies"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#f-words">Exact words</a>: These words do not stand in the contribution' in page
    assert "the mayor lies</textarea>" in page
    assert not Citation.objects.exists()


def test_quoting_without_a_finding_or_words_is_refused(rapporteur, said, finding):
    address = f"{DESK}?c={said.receipt_code}"
    assert "Choose a finding." in rapporteur.post(address, {"act": "quote"}).content.decode()
    assert "Choose a sentence, or paste" in rapporteur.post(address, quote(said, finding)).content.decode()
    assert not Citation.objects.exists()


def test_why_a_contribution_lies_where_it_does_is_said(rapporteur, said, theme):
    key = ContributionFactory(session=said.session)
    CodingFactory(contribution=said, theme=theme, score=0.73, key_contribution=key)
    page = rapporteur.get(f"{DESK}?c={said.receipt_code}").content.decode()
    assert "(nearness 0.73 of 1)" in page
    assert f"It is nearest to {key.receipt_code}." in page
    assert "Shared words: board." in page


def test_contributions_of_a_theme_stand_beside_what_became_of_them(rapporteur, said, theme):
    CodingFactory(contribution=said, theme=theme)
    DispositionFactory(contribution=said, reason="It repeats another.")
    page = rapporteur.get(f"{DESK}?theme={theme.public_id}")
    assert [(row.code, row.became) for row, _query in page.context["queue"]] == [
        (said.receipt_code, "Set aside: It repeats another.")
    ]


def test_what_is_alike_is_labelled_and_listed(rapporteur, said, world):
    twin = ContributionFactory(session=world.session, text=TEXT)
    run = SynthesisRunFactory(consultation=world.consultation)
    for row in (said, twin):
        ContributionLabelFactory(contribution=row, run=run, group_key="one")
    page = rapporteur.get(f"{DESK}?c={said.receipt_code}").content.decode()
    assert '<span class="tag">Same text</span>' in page
    listed = rapporteur.get(f"{DESK}many/?list=alike&like={said.receipt_code}")
    assert [row.code for row in listed.context["rows"]] == [said.receipt_code, twin.receipt_code]
    assert "Same text: 1 groups, 2 repeats." in listed.content.decode()


def test_contribution_in_another_language_is_marked(rapporteur, world):
    said = ContributionFactory(session=world.session, language="ar", text="اللوحة عند المضخة.")
    page = rapporteur.get(f"{DESK}?c={said.receipt_code}").content.decode()
    assert '<div class="said push" lang="ar" dir="rtl">' in page


def test_theme_of_another_consultation_is_not_found(rapporteur):
    assert rapporteur.get(f"{DESK}?theme={ThemeFactory().public_id}").status_code == 404


def test_convener_looks_but_does_not_weigh(convener, said):
    page = convener.get(f"{DESK}?c={said.receipt_code}").content.decode()
    assert "Only a rapporteur of this consultation weighs its contributions." in page
    assert "Save and next" not in page
    assert convener.post(f"{DESK}?c={said.receipt_code}", place(treatment="undo")).status_code == 403


def test_many_are_set_aside_at_once(rapporteur, said, world):
    codes = [said.receipt_code, world.contribution.receipt_code]
    typed = {"act": "aside", "code": codes, "reason_code": "off_topic"}
    assert rapporteur.post(f"{DESK}many/", typed).status_code == 302
    assert Disposition.objects.filter(reason_code="off_topic").count() == 2
    page = rapporteur.get(f"{DESK}many/?list=aside").content.decode()
    assert "Every contribution has its place" in page
    assert rapporteur.post(f"{DESK}many/?list=aside", {"act": "undo", "code": codes}).status_code == 302
    assert not Disposition.objects.exists()


def test_many_are_merged_and_moved_at_once(rapporteur, said, world, theme, finding):
    codes = [said.receipt_code, world.contribution.receipt_code]
    rapporteur.post(f"{DESK}many/", {"act": "merge", "code": codes, "finding": finding.public_id})
    rapporteur.post(f"{DESK}many/", {"act": "move", "code": codes, "theme": theme.public_id})
    assert Disposition.objects.filter(kind=DispositionKind.MERGED, finding=finding).count() == 2
    assert Coding.objects.filter(theme=theme, provenance=Provenance.PERSON).count() == 2


def test_theme_is_split(rapporteur, said, world, theme):
    CodingFactory(contribution=said, theme=theme)
    CodingFactory(contribution=world.contribution, theme=theme)
    typed = {"act": "split", "code": [said.receipt_code], "label": "Households write"}
    assert rapporteur.post(f"{DESK}many/?theme={theme.public_id}", typed).status_code == 302
    assert Coding.objects.get(contribution=said).theme.label == "Households write"
    assert Coding.objects.get(contribution=world.contribution).theme == theme


def test_act_over_nothing_keeps_what_was_typed(rapporteur, said):
    answer = rapporteur.post(f"{DESK}many/", {"act": "aside", "reason_code": "off_topic", "reason": "Last year."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Tick at least one contribution." in page
    assert "Last year.</textarea>" in page


def test_cited_contribution_stays_ticked_when_it_cannot_be_set_aside(rapporteur, said, finding):
    rapporteur.post(f"{DESK}?c={said.receipt_code}", quote(said, finding, words="by the pump"))
    answer = rapporteur.post(
        f"{DESK}many/?list=alike&like={said.receipt_code}",
        {"act": "aside", "code": [said.receipt_code], "reason_code": "off_topic"},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "These are cited in a finding; remove the citation first" in page
    assert f'value="{said.receipt_code}" checked' in page


def test_themes_are_added_on_two_levels(rapporteur, world):
    rapporteur.post(f"{DESK}themes/", {"act": "add", "label": "Feedback", "session": "1"})
    parent = Theme.objects.get(label="Feedback")
    rapporteur.post(f"{DESK}themes/", {"act": "add", "label": "Boards", "session": "1", "parent": parent.public_id})
    assert Theme.objects.get(label="Boards").parent == parent


def test_theme_without_a_name_is_refused(rapporteur, world):
    answer = rapporteur.post(f"{DESK}themes/", {"act": "add", "label": " ", "session": "1"})
    assert answer.status_code == 422
    assert '<a href="#f-label">Name</a>: Write a title.' in answer.content.decode()


def test_theme_is_renamed_merged_and_dropped(rapporteur, world, theme, said):
    other = ThemeFactory(session=world.session, label="Slates")
    CodingFactory(contribution=said, theme=other)
    address = f"{DESK}themes/{theme.public_id}/"
    rapporteur.post(address, {"act": "rename", "label": "Public boards"})
    rapporteur.post(address, {"act": "merge", "others": [other.public_id]})
    theme.refresh_from_db()
    other.refresh_from_db()
    assert (theme.label, theme.label_provenance) == ("Public boards", Provenance.PERSON)
    assert (other.state, other.merged_into) == (ThemeState.MERGED, theme)
    answer = rapporteur.post(address, {"act": "drop"})
    assert answer.status_code == 422
    assert "Only an empty theme can be dropped" in answer.content.decode()
    Coding.objects.all().delete()
    assert rapporteur.post(address, {"act": "drop"})["Location"] == f"{DESK}themes/"
    assert "No longer in use" in rapporteur.get(address).content.decode()


def test_merging_nothing_into_a_theme_is_refused(rapporteur, world, theme):
    ThemeFactory(session=world.session)
    answer = rapporteur.post(f"{DESK}themes/{theme.public_id}/", {"act": "merge"})
    assert answer.status_code == 422
    assert "Tick at least one theme." in answer.content.decode()


def test_run_is_started_and_followed_to_its_themes(rapporteur, world):
    for number in range(3):
        ContributionFactory(session=world.session, text=f"The board by pump {number} shows what was paid for repairs.")
    answer = rapporteur.post(f"{DESK}runs/", {"act": "start"})
    run = SynthesisRun.objects.get()
    assert answer["Location"] == f"{DESK}runs/{run.number}/"
    assert run.state == RunState.DONE
    page = rapporteur.get(answer["Location"])
    assert run.input_digest in page.content.decode()
    assert "Refresh" not in page


def test_run_without_contributions_is_refused(rapporteur, world):
    world.contribution.state = "held"
    world.contribution.save()
    answer = rapporteur.post(f"{DESK}runs/", {"act": "start"})
    assert answer.status_code == 422
    assert "There is no public contribution to read yet." in answer.content.decode()


def test_run_that_works_refreshes_by_itself_and_tells_a_script(rapporteur, world):
    run = SynthesisRunFactory(
        consultation=world.consultation, state=RunState.RUNNING, stage="themes", done=3, total=9, heard_from_at=NOW
    )
    address = f"{DESK}runs/{run.number}/"
    answer = rapporteur.get(address)
    assert answer["Refresh"] == "4"
    assert "Finding the themes" in answer.content.decode()
    assert rapporteur.get(address + "state.json").json() == {
        "is_working": True,
        "label": "Finding the themes",
        "done": 3,
        "total": 9,
    }


def test_run_that_failed_says_why(rapporteur, world):
    run = SynthesisRunFactory(consultation=world.consultation, state=RunState.FAILED, error="It met the unexpected.")
    assert "It met the unexpected." in rapporteur.get(f"{DESK}runs/{run.number}/").content.decode()


def test_balance_says_when_there_is_too_little_to_tell(rapporteur, world):
    page = rapporteur.get(f"{DESK}balance/")
    assert "Insufficient data (" in page.content.decode()
    sectors = page.context["tables"][0]
    assert (sectors.axis, sectors.unstated) == ("sector", 1)
    assert "Civil society" in sectors.missing


def test_quotes_change_places(rapporteur, finding, world):
    first = CitationFactory(finding=finding, contribution=ContributionFactory(session=world.session), order=0)
    second = CitationFactory(finding=finding, contribution=ContributionFactory(session=world.session), order=1)
    address = f"/desk/consultations/water/synthesis/findings/{finding.public_id}/"
    name = f"{second.contribution.receipt_code}:{second.start}"
    assert rapporteur.post(address, {"act": "up", "quote": name}).status_code == 302
    assert list(finding.citations.values_list("pk", flat=True)) == [second.pk, first.pk]
    assert rapporteur.post(address, {"act": "down", "quote": "R-GONE:0"}).status_code == 422


def test_finding_changed_by_somebody_else_meanwhile_is_not_overwritten(rapporteur, finding):
    address = f"/desk/consultations/water/synthesis/findings/{finding.public_id}/"
    seen = finding.changed_at.isoformat()
    typed = {"act": "save", "kind": finding.kind, "statement": "Mine.", "language": "en", "seen": seen}
    finding.title, finding.changed_at = "Theirs", NOW + timedelta(seconds=5)
    finding.save()
    answer = rapporteur.post(address, typed | {"title": "Mine"})
    page = answer.content.decode()
    finding.refresh_from_db()
    assert (answer.status_code, finding.title) == (422, "Theirs")
    assert "Somebody changed this finding while you wrote." in page
    assert 'value="Mine"' in page
    again = typed | {"title": "Mine", "seen": finding.changed_at.isoformat()}
    assert f'value="{again["seen"]}"' in page
    assert rapporteur.post(address, again).status_code == 302
    finding.refresh_from_db()
    assert finding.title == "Mine"


def test_everything_in_a_list_is_merged_at_once_also_what_is_not_shown(rapporteur, finding, world, monkeypatch):
    monkeypatch.setattr(many, "PAGE_LENGTH", 2)
    rows = [ContributionFactory(session=world.session) for _n in range(5)]
    page = rapporteur.get(f"{DESK}many/").content.decode()
    assert "Everything in this list that waits for a place" in page
    answer = rapporteur.post(f"{DESK}many/", {"act": "merge", "all": "1", "finding": finding.public_id})
    assert answer.status_code == 302
    merged = Disposition.objects.filter(finding=finding, kind=DispositionKind.MERGED)
    assert set(merged.values_list("contribution", flat=True)) >= {row.pk for row in rows}


def test_everything_in_a_theme_leaves_alone_what_has_its_place(rapporteur, finding, theme, world, monkeypatch):
    monkeypatch.setattr(many, "PAGE_LENGTH", 1)
    placed, *waiting = (CodingFactory(theme=theme, contribution__session=world.session) for _n in range(3))
    DispositionFactory(contribution=placed.contribution)
    typed = {"act": "merge", "all": "1", "finding": finding.public_id}
    assert rapporteur.post(f"{DESK}many/?theme={theme.public_id}", typed).status_code == 302
    placed.contribution.refresh_from_db()
    assert placed.contribution.disposition.kind == DispositionKind.SET_ASIDE
    for coding in waiting:
        assert coding.contribution.disposition.finding == finding


def test_new_contributions_are_added_on_request_and_marked(rapporteur, world):
    for number in range(12):
        ContributionFactory(session=world.session, text=f"The board by pump {number} shows what was paid for repairs.")
    assert "Start a run" in rapporteur.get(f"{DESK}runs/").content.decode()
    rapporteur.post(f"{DESK}runs/", {"act": "start"})
    assert "Nothing is new." in rapporteur.get(f"{DESK}runs/").content.decode()
    new = ContributionFactory(session=world.session, text="The board by our pump shows what was paid for its repairs.")

    page = rapporteur.get(f"{DESK}runs/").content.decode()
    assert "1 contribution is new or was changed." in page
    assert 'value="add"' in page
    answer = rapporteur.post(f"{DESK}runs/", {"act": "add"})

    run = SynthesisRun.objects.first()
    assert (run.number, run.kind, run.state) == (2, "added", "done")
    assert "New contributions added" in rapporteur.get(answer["Location"]).content.decode()
    listed = rapporteur.get(f"{DESK}?list=new&c={new.receipt_code}")
    assert [row.code for row, _query in listed.context["queue"]] == [new.receipt_code]
    assert listed.content.decode().count("New, added to the nearest theme") == 1
    assert "It is new since everything was grouped" in listed.content.decode()
    theme = Coding.objects.get(contribution=new).theme
    assert rapporteur.get(f"{DESK}many/?theme={theme.public_id}").content.decode().count("New, added to") == 1


def test_more_than_a_tenth_new_offers_to_group_everything_only(rapporteur, world):
    rapporteur.post(f"{DESK}runs/", {"act": "start"})
    ContributionFactory(session=world.session, text="The board by our pump shows what was paid for its repairs.")
    page = rapporteur.get(f"{DESK}runs/").content.decode()
    assert "more than a tenth of all would only have been added" in page
    assert 'value="add"' not in page
    assert 'value="start"' in page


def test_theme_that_was_merged_says_into_which_and_leads_there(rapporteur, world, theme, said):
    other = ThemeFactory(session=world.session, label="Signs", key_phrases=["sign"])
    CodingFactory(theme=other, contribution=said)
    rapporteur.post(f"{DESK}themes/{theme.public_id}/", {"act": "merge", "others": [other.public_id]})

    page = rapporteur.get(f"{DESK}themes/{other.public_id}/").content.decode()
    assert "This theme was merged into another." in page
    assert f'href="{DESK}themes/{theme.public_id}/"' in page
    assert "Words it is about" not in page
    listed = rapporteur.get(f"{DESK}?theme={other.public_id}")
    assert [row.code for row, _query in listed.context["queue"]] == [said.receipt_code]
    assert "“Signs” was merged into this theme." in listed.content.decode()


def test_theme_shows_its_parts_and_a_part_its_theme(rapporteur, world):
    theme = ThemeFactory(session=world.session, label="Who reads the meter")
    part = ThemeFactory(session=world.session, label="At night", parent=theme)
    address = f"{DESK}themes/"
    shown = rapporteur.get(f"{address}{theme.public_id}/").content.decode()
    assert f'<dt>Its parts</dt><dd><a href="{address}{part.public_id}/">' in shown
    assert "Who reads the meter</a>" in rapporteur.get(f"{address}{part.public_id}/").content.decode()
    tree = rapporteur.get(address).content.decode()
    assert tree.index("Who reads the meter") < tree.index("At night")
