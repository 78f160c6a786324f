"""The small tags and filters of templates, and the fields of forms."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone, translation

from answerable.web.citations import rich
from answerable.web.fields import Field, choices_of, form_of
from answerable.web.templatetags import answerable as tags

NOON = datetime(2026, 11, 20, 10, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "20 November 2026, 17:59:59"),
        ("fr", "20 novembre 2026, 17:59:59"),
        ("zh-hans", "2026年11月20日, 17:59:59"),
    ],
)
def test_moment_names_the_second_and_the_zone_in_the_readers_language(language, said):
    with translation.override(language), timezone.override("Asia/Bangkok"):
        shown = tags.moment(NOON)
    assert shown == f'<time datetime="2026-11-20T17:59:59+07:00">{said} <bdi>(Asia/Bangkok)</bdi></time>'


def test_moment_in_a_named_zone_does_not_follow_the_reader():
    with timezone.override("Asia/Bangkok"):
        assert "10:59:59 <bdi>(UTC)</bdi>" in tags.moment(NOON, "UTC")
    assert tags.moment(None) == ""


def test_day_in_a_named_zone_is_that_of_the_zone_and_says_so():
    late = datetime(2026, 11, 20, 20, 30, tzinfo=UTC)
    with translation.override("en"), timezone.override("UTC"):
        assert tags.day(late) == '<time datetime="2026-11-20T20:30:00+00:00">20 November 2026</time>'
        assert tags.day(late, "Asia/Bangkok") == (
            '<time datetime="2026-11-21T03:30:00+07:00">21 November 2026 <bdi>(Asia/Bangkok)</bdi></time>'
        )
        assert tags.day(date(2026, 11, 20), "Asia/Bangkok") == '<time datetime="2026-11-20">20 November 2026</time>'
        assert tags.day(None, "Asia/Bangkok") == ""


def test_deadline_shows_the_zone_it_was_set_in_beside_the_readers():
    with timezone.override("Asia/Bangkok"):
        assert tags.deadline(NOON, "Asia/Bangkok") == tags.moment(NOON)
        assert tags.deadline(NOON, "Pacific/Fiji") == f"{tags.moment(NOON)} · {tags.moment(NOON, 'Pacific/Fiji')}"


def test_day_takes_moments_and_dates():
    assert tags.day(date(2026, 11, 20)) == '<time datetime="2026-11-20">20 November 2026</time>'
    with timezone.override("Pacific/Auckland"):
        assert ">20 November 2026<" in tags.day(NOON)


def test_said_in_marks_only_what_is_not_in_the_pages_language():
    with translation.override("zh-hans"):
        assert tags.said_in("zh") == ""
        assert tags.said_in("ar") == 'lang="ar" dir="rtl"'


def test_rich_links_codes_but_not_within_links_and_not_what_only_looks_like_one():
    text = "[R-7K3M-2Q9D] and [a [R-7K3M-2Q9D]](https://example.org) and [R-AAAA-AAAA] <b>"
    shown = rich(text)
    assert shown.count('<a class="cite" href="/c/R-7K3M-2Q9D/">[R-7K3M-2Q9D]</a>') == 1
    assert "[R-AAAA-AAAA] &lt;b&gt;" in shown


def test_excerpt_leaves_out_the_marks():
    assert tags.excerpt("**Bold** words that go on", 14) == "Bold words th…"


def test_form_puts_each_problem_at_its_field_and_in_the_summary():
    choice = Field("kind", "Kind", "radios", choices=choices_of([("a", "A")], chosen="a", empty="None"))
    form = form_of([choice, Field("text", "Text", hint="Short")], problems={"kind": ["Choose."], "": ["All wrong."]})
    assert form.fields["kind"].problems == ("Choose.",)
    assert [(p.sentence, p.target) for p in form.problems] == [("Choose.", "f-kind-1"), ("All wrong.", "")]
    assert [c.is_chosen for c in choice.choices] == [False, True]
    assert form.fields["text"].described_by == "f-text-hint"
