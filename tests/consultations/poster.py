"""A process that posts to a database it shares with others: prepare · post KEY TIMES · count."""

import json
import sys


def main(database, folder, task, *rest):
    from django.conf import settings

    settings.DATABASES["default"].update(json.loads(database))
    settings.MEDIA_ROOT = folder
    import django

    django.setup()
    {"prepare": prepare, "post": post, "count": count}[task](*rest)


def prepare():
    from django.core.management import call_command

    from tests.factories.consultations import ConsultationSessionFactory, GuidingQuestionFactory
    from tests.factories.people import PersonFactory

    call_command("migrate", verbosity=0)
    GuidingQuestionFactory(session=ConsultationSessionFactory(number=1))
    PersonFactory()


def post(name, times):
    from answerable.consultations.actions import submit_contribution, take_stance
    from answerable.consultations.models import ConsultationSession, Contribution
    from answerable.people.models import Person
    from tests.factories.consultations import NOW, ContributionDraftFactory
    from tests.factories.people import PersonFactory

    session = ConsultationSession.objects.select_related("consultation").get()
    author, other = Person.objects.order_by("pk")[0], PersonFactory(email=f"{name}@example.org")
    for number in range(int(times)):
        draft = ContributionDraftFactory(text=f"Said at once by several, {number}.")
        row = submit_contribution(session=session, author=author, draft=draft, idempotency_key=f"key-{number}", at=NOW)
        take_stance(Contribution.objects.get(pk=row.pk), person=other, position="agree", at=NOW)


def count():
    from answerable.consultations.models import ConsultationSession, Contribution
    from answerable.consultations.queries import record_checks

    problems = [str(problem) for name in record_checks.__all__ for problem in getattr(record_checks, name)()]
    session = ConsultationSession.objects.get()
    agreed = sorted(set(Contribution.objects.values_list("agree_count", flat=True)))
    print(json.dumps([Contribution.objects.count(), session.contribution_count, agreed, problems]))


if __name__ == "__main__":
    main(*sys.argv[1:])
