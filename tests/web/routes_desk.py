"""Every address of the desk and what each role gets there."""

from answerable.consultations.models import ImportBatch
from answerable.synthesis.models import Finding, OutcomeReport, Recommendation, SynthesisRun, Theme
from tests.factories.consultations import NOW
from tests.factories.synthesis import (
    FindingFactory,
    OutcomeReportFactory,
    RecommendationFactory,
    SynthesisRunFactory,
    ThemeFactory,
)
from tests.web.routes import Route, consultation, everyone, only, session

STAFF = only("moderator", "rapporteur", "convener", "administrator")
CONVENERS = only("convener", "administrator")
MODERATORS = only("moderator", "administrator")
JUDGES = only("moderator", "convener", "administrator")
WEIGHERS = only("rapporteur", "convener", "administrator")
ADMINISTRATORS = only("administrator")


def in_language(world):
    return consultation(world) | {"language": "fr"}


def imported(world):
    row = ImportBatch.objects.first() or ImportBatch.objects.create(
        consultation=world.consultation, file="imports/gone.csv", file_name="gone.csv", brought_at=NOW
    )
    return consultation(world) | {"batch_id": row.public_id}


def themed(world):
    row = Theme.objects.first() or ThemeFactory(session=world.session)
    return consultation(world) | {"theme_id": row.public_id}


def found(world):
    row = Finding.objects.first() or FindingFactory(session=world.session)
    return consultation(world) | {"finding_id": row.public_id}


def recommended(world):
    row = Recommendation.objects.first() or RecommendationFactory(consultation=world.consultation)
    return consultation(world) | {"recommendation_id": row.public_id}


def run(world):
    row = SynthesisRun.objects.first() or SynthesisRunFactory(consultation=world.consultation)
    return consultation(world) | {"number": row.number}


def drafted(world):
    if not OutcomeReport.objects.exists():
        OutcomeReportFactory(consultation=world.consultation)
    return consultation(world)


ROUTES = [
    Route("desk:overview", STAFF),
    Route("desk:people", ADMINISTRATORS),
    Route("desk:organisations", CONVENERS),
    Route(
        "desk:organisation",
        only("delegate", "convener", "administrator"),
        lambda world: {"slug": world.organisation.slug},
    ),
    Route("desk:consultations", STAFF),
    Route("desk:new_consultation", ADMINISTRATORS),
    Route("desk:consultation", STAFF, consultation),
    Route("desk:conveners", CONVENERS, consultation),
    Route("desk:texts", CONVENERS, consultation),
    Route("desk:texts_in", CONVENERS, in_language),
    Route("desk:sessions", CONVENERS, consultation),
    Route("desk:session", CONVENERS, session),
    Route("desk:session_texts", CONVENERS, lambda world: in_language(world) | session(world)),
    Route("desk:documents", CONVENERS, consultation),
    Route("desk:roles", CONVENERS, consultation),
    Route("desk:moderation", MODERATORS, consultation),
    Route("desk:appeals", JUDGES, consultation),
    Route("desk:figures", MODERATORS, consultation),
    Route("desk:summaries", MODERATORS, consultation),
    Route("desk:summary", MODERATORS, session),
    Route("desk:citations", everyone(405), session),
    Route("desk:imports", JUDGES, consultation),
    Route("desk:import", JUDGES, imported),
    Route("desk:columns", JUDGES, imported),
    Route("desk:import_state", JUDGES, imported),
    Route("desk:import_problems", JUDGES, imported),
    Route("desk:workbench", WEIGHERS, consultation),
    Route("desk:many", WEIGHERS, consultation),
    Route("desk:themes", WEIGHERS, consultation),
    Route("desk:theme", WEIGHERS, themed),
    Route("desk:findings", WEIGHERS, consultation),
    Route("desk:new_finding", WEIGHERS, consultation),
    Route("desk:finding", WEIGHERS, found),
    Route("desk:recommendations", WEIGHERS, consultation),
    Route("desk:recommendation", WEIGHERS, recommended),
    Route("desk:opinions", WEIGHERS, consultation),
    Route("desk:balance", WEIGHERS, consultation),
    Route("desk:reference", CONVENERS, lambda world: consultation(world) | {"axis": "sector"}),
    Route("desk:runs", WEIGHERS, consultation),
    Route("desk:run", WEIGHERS, run),
    Route("desk:run_state", WEIGHERS, run),
    Route("desk:report", WEIGHERS, drafted),
    Route("desk:report_preview", WEIGHERS, drafted),
    Route("desk:publish_report", WEIGHERS, drafted),
]
