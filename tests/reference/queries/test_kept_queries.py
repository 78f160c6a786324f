"""Queries whose SQL is kept: they answer what the same query set answers, whatever they are asked with."""

import pytest
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Length
from django.db.models.signals import post_init

from answerable.consultations.models import Contribution, Reply
from answerable.consultations.states import PostState
from answerable.reference.queries.kept_queries import KeptQuery, within
from tests.factories.consultations import NOW, ContributionFactory, ReplyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    return ContributionFactory.create_batch(3)


@pytest.fixture
def heard():
    """Listen to contributions as they are made; return those that were heard of."""
    made = []

    def hear(instance, **_other):
        made.append(instance)

    post_init.connect(hear, sender=Contribution)
    yield made
    post_init.disconnect(hear, sender=Contribution)


def by_code(code):
    return Contribution.objects.filter(receipt_code=code).select_related("author", "session__consultation")


def fields_of(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_rows_are_those_of_the_query_set_with_what_is_selected_along(rows, django_assert_num_queries):
    kept = KeptQuery(by_code)
    for row in rows:
        plain = by_code(row.receipt_code).get()
        with django_assert_num_queries(1):
            (found,) = kept.all(row.receipt_code)
            assert found == plain
            assert fields_of(found) == fields_of(plain)
            assert fields_of(found.author) == fields_of(plain.author)
            assert fields_of(found.session.consultation) == fields_of(plain.session.consultation)
    assert kept.all("R-0000-0000") == []
    assert kept.first("R-0000-0000") is None


def test_sql_is_written_once(rows):
    written = []

    def make(code):
        written.append(code)
        return by_code(code)

    kept = KeptQuery(make)
    assert [kept.first(row.receipt_code) for row in rows] == rows
    assert len(written) == 1
    assert written[0] not in {row.receipt_code for row in rows}


def test_sequences_moments_and_numbers_go_in_as_parameters(rows):
    kept = KeptQuery(
        lambda keys, at, session: Contribution.objects.filter(
            pk__in=keys, submitted_at__lte=at, published_at__lte=at, session=session
        ).order_by("pk")
    )
    keys = [row.pk for row in rows]
    for chosen in (keys, keys[:1], keys[1:], []):
        for row in rows:
            assert kept.all(chosen, NOW, row.session_id) == [each for each in rows if each == row and row.pk in chosen]
    assert kept.all(keys, NOW.replace(year=1990), rows[0].session_id) == []


def test_tuples_annotations_and_deferred_fields_come_as_from_a_query_set(rows):
    ReplyFactory.create_batch(2, contribution=rows[0])
    counted = KeptQuery(
        lambda state: (
            Contribution.objects.filter(state=state)
            .annotate(count=Count("replies"))
            .order_by("pk")
            .values_list("receipt_code", "count", "submitted_at")
        )
    )
    assert counted.all("public") == [
        (row.receipt_code, count, row.submitted_at) for row, count in zip(rows, (2, 0, 0), strict=True)
    ]
    noted = KeptQuery(
        lambda author: (
            Contribution.objects.only("receipt_code")
            .annotate(
                has_reply=Exists(Reply.objects.filter(contribution=OuterRef("pk"))),
                reply=Subquery(
                    Reply.objects.filter(contribution=OuterRef("pk")).order_by("pk").values("receipt_code")[:1]
                ),
                length=Length("receipt_code"),
            )
            .filter(author=author)
        )
    )
    first, second = noted.first(rows[0].author_id), noted.first(rows[1].author_id)
    assert (first.has_reply, first.reply) == (True, rows[0].replies.order_by("pk").first().receipt_code)
    assert (second.has_reply, second.reply, second.length) == (False, None, 11)
    assert "text" in first.get_deferred_fields()
    assert first.text == rows[0].text


def test_numbers_of_small_columns_go_in_as_parameters(rows):
    Contribution.objects.filter(pk=rows[1].pk).update(revision_count=3, reply_count=70_000)
    kept = KeptQuery(lambda revisions, replies: Contribution.objects.filter(
        revision_count__gte=revisions, reply_count=replies
    ).order_by("pk"))  # fmt: skip
    assert kept.all(1, 0) == [rows[0], rows[2]]
    assert kept.all(2, 70_000) == [rows[1]]
    assert kept.all(4, 70_000) == []


def test_named_arguments_change_the_query_itself(rows):
    kept = KeptQuery(lambda state, order, most: Contribution.objects.filter(state=state).order_by(order)[:most])
    assert kept.all("public", order="pk", most=2) == rows[:2]
    assert kept.all("public", order="-pk", most=1) == rows[2:]
    assert kept.all("public", order="pk", most=3) == rows


@pytest.mark.parametrize("wanted", ["100 %", "a_b", "back\\slash", "it's", "Üben"])
def test_signs_within_a_text_mean_themselves(rows, wanted):
    kept = KeptQuery(lambda word: Contribution.objects.filter(text__icontains=word).order_by("pk"))
    Contribution.objects.filter(pk=rows[1].pk).update(text=f"Here is {wanted} in words.")
    assert kept.all(within(wanted)) == list(Contribution.objects.filter(text__icontains=wanted)) == [rows[1]]


def test_union_is_read_as_tuples(rows):
    def make(first, second):
        codes = Contribution.objects.order_by().values_list("receipt_code", "state")
        return codes.filter(pk=first).union(codes.filter(pk=second), all=True)

    found = KeptQuery(make).all(rows[0].pk, rows[2].pk)
    assert sorted(found) == sorted((row.receipt_code, "public") for row in (rows[0], rows[2]))


@pytest.mark.parametrize(
    "make",
    [
        lambda _code: Contribution.objects.filter(state=PostState.PUBLIC),
        lambda code: Contribution.objects.extra(where=[f"receipt_code = '{code}'"]),
        lambda _code: Contribution.objects.none(),
        lambda code: Contribution.objects.filter(receipt_code=code).values("pk"),
    ],
    ids=["not used", "written into the sql", "always empty", "dictionaries"],
)
def test_query_that_cannot_be_kept_is_refused(rows, make):
    with pytest.raises(ValueError, match="kept query"):
        KeptQuery(make).all(rows[0].receipt_code)


def test_row_that_was_read_is_kept_changed_and_read_again_as_any_other(rows, django_assert_num_queries):
    found = KeptQuery(lambda code: by_code(code).only("receipt_code", "author__email", "session__consultation")).first(
        rows[0].receipt_code
    )
    assert found.get_deferred_fields() >= {"text", "html", "kind"}
    assert (found._state.adding, found._state.db, found.author._state.adding) == (False, "default", False)
    with django_assert_num_queries(1):
        assert found.text == rows[0].text
    found.text = "Other words."
    found.save(update_fields=["text"])
    found.refresh_from_db()
    assert (found.text, found == rows[0], hash(found)) == ("Other words.", True, hash(rows[0]))


def test_model_that_somebody_listens_for_is_made_as_django_makes_it(rows, heard):
    assert KeptQuery(by_code).first(rows[0].receipt_code) == rows[0]
    assert heard == [rows[0]]


def test_model_that_is_made_its_own_way_is_made_so(rows, monkeypatch):
    def from_db(model, alias, names, values):
        return ["made", *values[:1]]

    monkeypatch.setattr(Contribution, "from_db", classmethod(from_db))
    assert KeptQuery(lambda code: Contribution.objects.filter(receipt_code=code)).first(rows[0].receipt_code) == [
        "made",
        rows[0].pk,
    ]
