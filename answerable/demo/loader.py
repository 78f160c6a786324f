"""Loading the model consultation into an empty site, through the same actions that its pages use."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from answerable.consultations.models import Consultation, Contribution
from answerable.demo import calendar, words
from answerable.demo.community import (
    CONVENER,
    MODERATOR,
    PARTICIPANT,
    RAPPORTEUR,
    give_consultation_roles,
    give_site_role,
    make_community,
)
from answerable.demo.frame import make_consultation
from answerable.demo.outcome import decide_the_rest, publish, synthesise, write_findings
from answerable.demo.posting import post_everything, post_late, publish_digests
from answerable.demo.stances import make_people, take_stances
from answerable.ledger.actions import sign_checkpoint
from answerable.notices.models import Notice
from answerable.people.actions import make_sign_in_link
from answerable.people.models import Person

Tell = Callable[[str], object]
_STAFF = ((PARTICIPANT, "participant"), (MODERATOR, "moderator"), (RAPPORTEUR, "rapporteur"), (CONVENER, "convener"))


def is_loaded() -> bool:
    """Say whether the model consultation is there, whole: it is loaded in one transaction."""
    return Consultation.objects.filter(slug=words.consultation()["slug"]).exists()


def load(*, tell: Tell) -> None:
    """Load everything in one transaction, so that a load that was interrupted leaves nothing behind."""
    loaded_at = timezone.now()
    with transaction.atomic():
        _load(loaded_at, tell=tell)
    sign_checkpoint(timezone.now())


def _load(loaded_at: datetime, *, tell: Tell) -> None:
    opened_at = calendar.opening(loaded_at)
    tell("Loading the model consultation: people and organisations ...")
    community = make_community(opened_at=opened_at)
    give_site_role(community, at=opened_at - timedelta(days=30))
    conveners = [community.organisations[item["key"]] for item in words.consultation()["convener"]]
    consultation = make_consultation(
        by=community.staff[CONVENER],
        conveners=conveners,
        opened_at=opened_at,
        meeting=calendar.meeting_day(loaded_at),
    )
    give_consultation_roles(community, consultation_id=consultation.public_id, at=opened_at - timedelta(days=10))
    tell("Contributions and replies ...")
    posted = post_everything(consultation, community, loaded_at=loaded_at)
    publish_digests(consultation, posted, by=community.staff[MODERATOR], loaded_at=loaded_at)
    tell("Stances of 400 readers ...")
    axes = {posted[item["key"]].pk: item.get("axes", {}) for item in words.contributions()}
    take_stances(make_people(opened_at), axes, loaded_at=loaded_at)
    tell("The synthesis, the findings and the outcome report ...")
    reported_at = calendar.reporting(loaded_at)
    synthesise(consultation, community, at=reported_at)
    rapporteur = community.staff[RAPPORTEUR]
    findings = write_findings(consultation, posted, by=rapporteur, at=reported_at)
    decide_the_rest(posted, findings, by=rapporteur, at=reported_at)
    publish(consultation, findings, community, at=reported_at)
    post_late(consultation, community, loaded_at=loaded_at)
    Notice.objects.filter(mailed_at=None).update(mailed_at=loaded_at)


def throw_away() -> None:
    """Remove the demonstration's database and files; only ever the embedded database in the data folder."""
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    if connection.vendor != "sqlite" or settings.DATA_FOLDER not in database.resolve().parents:
        raise SystemExit(
            "answerable: --reset only removes the embedded database in the data folder, and this is another."
        )
    connection.close()
    for name in (database.name, f"{database.name}-wal", f"{database.name}-shm"):
        with suppress(FileNotFoundError):
            (database.parent / name).unlink()
    for folder in (Path(settings.MEDIA_ROOT), Path(settings.EMAIL_FILE_PATH)):
        shutil.rmtree(folder, ignore_errors=True)
    with suppress(FileNotFoundError):
        Path(settings.LEDGER_CHECKPOINT_FILE).unlink()


def welcome(address: str) -> list[str]:
    """Return the lines that say where the site is and how to sign in, with fresh one-time links."""
    now = timezone.now()
    slug = words.consultation()["slug"]
    lines = ["", f"Answerable is at {address}/ (stop with Ctrl-C)", ""]
    lines += [
        f"  the consultation      {address}/consultations/{slug}/",
        f"  its outcome report    {address}/consultations/{slug}/outcome/",
        f"  one receipt           {address}/c/{_cited_receipt()}/",
        "",
        "Sign in with a link; each works once (more with: ./run answerable sign-in-link ADDRESS):",
    ]
    for email, role in _STAFF:
        person = Person.objects.filter(email=email).first()
        if person is not None:
            lines.append(f"  as {role:<12}       {address}{make_sign_in_link(person, at=now)}")
    lines += ["", f"Mail is written to {settings.EMAIL_FILE_PATH}", ""]
    return lines


def _cited_receipt() -> str:
    cited = Contribution.objects.filter(citations__isnull=False, reply_count__gt=0).order_by("-agree_count").first()
    return cited.receipt_code if cited else ""
