"""Addresses of the desk."""

from django.urls import include, path

from answerable.web.desk import overview
from answerable.web.desk.intake import batches, columns, progress
from answerable.web.desk.moderation import appeals, figures, queue, summaries
from answerable.web.desk.people import organisations, roles
from answerable.web.desk.setting_up import consultation, conveners, documents, listing, session, sessions, texts
from answerable.web.desk.synthesis import (
    balance,
    finding,
    findings,
    many,
    opinions,
    recommendations,
    reference,
    report,
    runs,
    theme,
    workbench,
)

app_name = "desk"

_setting_up = [
    path("", consultation.consultation, name="consultation"),
    path("conveners/", conveners.conveners, name="conveners"),
    path("texts/", texts.texts, name="texts"),
    path("texts/<str:language>/", texts.texts_in, name="texts_in"),
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/<int:number>/", session.session, name="session"),
    path("sessions/<int:number>/texts/<str:language>/", session.texts_in, name="session_texts"),
    path("documents/", documents.documents, name="documents"),
    path("roles/", roles.roles_of_consultation, name="roles"),
]

_moderation = [
    path("moderation/", queue.queue, name="moderation"),
    path("moderation/objections/", appeals.appeals, name="appeals"),
    path("moderation/figures/", figures.figures, name="figures"),
    path("summaries/", summaries.summaries, name="summaries"),
    path("summaries/<int:number>/", summaries.summary, name="summary"),
    path("summaries/<int:number>/citations.json", summaries.citations, name="citations"),
]

_imports = [
    path("", batches.imports, name="imports"),
    path("<str:batch_id>/", batches.batch, name="import"),
    path("<str:batch_id>/columns/", columns.columns, name="columns"),
    path("<str:batch_id>/state.json", progress.state, name="import_state"),
    path("<str:batch_id>/problems.csv", progress.problems, name="import_problems"),
]

_synthesis = [
    path("", workbench.workbench, name="workbench"),
    path("many/", many.many, name="many"),
    path("themes/", theme.themes, name="themes"),
    path("themes/<str:theme_id>/", theme.theme, name="theme"),
    path("findings/", findings.findings, name="findings"),
    path("findings/new/", finding.new, name="new_finding"),
    path("findings/<str:finding_id>/", finding.finding, name="finding"),
    path("recommendations/", recommendations.recommendations, name="recommendations"),
    path("recommendations/<str:recommendation_id>/", recommendations.recommendation, name="recommendation"),
    path("opinions/", opinions.opinions, name="opinions"),
    path("balance/", balance.balance, name="balance"),
    path("balance/reference/<str:axis>/", reference.reference, name="reference"),
    path("runs/", runs.runs, name="runs"),
    path("runs/<int:number>/", runs.run, name="run"),
    path("runs/<int:number>/state.json", runs.state, name="run_state"),
    path("report/", report.report, name="report"),
    path("report/preview/", report.preview, name="report_preview"),
    path("report/publish/", report.publish, name="publish_report"),
]

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("people/", roles.roles_of_site, name="people"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/<slug:slug>/", organisations.organisation, name="organisation"),
    path("consultations/", listing.consultations, name="consultations"),
    path("consultations/new/", listing.new, name="new_consultation"),
    path(
        "consultations/<slug:slug>/",
        include(
            [
                *_setting_up,
                *_moderation,
                path("imports/", include(_imports)),
                path("synthesis/", include(_synthesis)),
            ]
        ),
    ),
]
