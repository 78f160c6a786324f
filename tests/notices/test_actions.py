"""Telling people things: in the account at once, by mail as often as they want."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from answerable.notices import actions, queries
from answerable.notices.kinds import all_kinds, kind_named
from answerable.notices.models import Notice
from answerable.notices.states import Frequency
from answerable.notices.wording import body_of, subject_of
from tests.factories.people import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.engines]
FACTS = {
    "code": "R-0000-0000",
    "move": "remove",
    "reason": "Advertising",
    "outcome": "upheld",
    "count": 3,
    "title": "A title",
}
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def some_kind():
    return next(kind.name for kind in all_kinds() if not kind.is_urgent)


def tell(person, at=NOW, about=""):
    return actions.send_notice(some_kind(), to=person, facts=FACTS, address="/c/R-1/", about=about, at=at)


def test_send_notice_of_an_undeclared_kind_is_an_error():
    with pytest.raises(KeyError):
        actions.send_notice("nobody.declared", to=PersonFactory(), facts={}, at=NOW)


def test_send_notices_twice_about_the_same_tells_once():
    people = [PersonFactory(), PersonFactory()]
    items = [(person, FACTS, "/x/", "report-1") for person in people]
    assert actions.send_notices(some_kind(), items, at=NOW) == 2
    assert actions.send_notices(some_kind(), items, at=NOW) == 0
    assert Notice.objects.count() == 2


def test_mail_goes_out_once_with_the_link():
    tell(PersonFactory(email="a@example.org"))
    assert actions.mail_due_notices(at=NOW) == 1
    assert actions.mail_due_notices(at=NOW) == 0
    assert mail.outbox[0].to == ["a@example.org"]
    assert "/c/R-1/" in mail.outbox[0].body


def test_several_notices_of_one_person_come_in_one_letter():
    person = PersonFactory()
    for number in range(3):
        tell(person, about=str(number))
    assert actions.mail_due_notices(at=NOW) == 1
    assert "3 " in mail.outbox[0].subject


def test_mail_waits_as_long_as_the_person_chose():
    person = PersonFactory()
    actions.choose_frequency(person, Frequency.DAILY)
    tell(person)
    assert actions.mail_due_notices(at=NOW) == 1
    tell(person, at=NOW + timedelta(hours=1))
    assert actions.mail_due_notices(at=NOW + timedelta(hours=2)) == 0
    assert actions.mail_due_notices(at=NOW + timedelta(hours=25)) == 1


def test_a_person_who_wants_no_mail_gets_none_but_sees_the_notice():
    person = PersonFactory()
    actions.choose_frequency(person, Frequency.NEVER)
    tell(person)
    assert actions.mail_due_notices(at=NOW + timedelta(days=30)) == 0
    assert queries.unread_count(person) == 1
    assert actions.mark_read(person, at=NOW) == 1
    assert queries.unread_count(person) == 0


def test_notices_of_a_person_come_newest_first_and_page_on():
    person = PersonFactory()
    told = [tell(person, at=NOW + timedelta(minutes=n)) for n in range(5)]
    first = queries.notices_of(person, limit=3)
    rest = queries.notices_of(person, before=(first[-1].sent_at, first[-1].pk), limit=3)
    assert [n.pk for n in first + rest] == [n.pk for n in reversed(told)]


@pytest.mark.parametrize("language", ["en", "ar", "zh-hans", "fr", "ru", "es"])
def test_every_kind_has_its_two_templates(language):
    assert all_kinds()
    for kind in all_kinds():
        assert subject_of(kind.name, FACTS, language)
        assert body_of(kind.name, FACTS, language)
        assert kind_named(kind.name) is kind
