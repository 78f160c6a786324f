"""Addresses of the pages. They are nouns and never change."""

from django.urls import include, path
from django.views.generic.base import RedirectView

from answerable.web import goals, organisations, record, search
from answerable.web.account import data, enter, notices, overview, profile, sign_in
from answerable.web.consultations import (
    consultation,
    contribute,
    listing,
    moderation_log,
    outcome,
    own_text,
    receipt,
    responses,
    session,
)
from answerable.web.home import language, start, texts

_pages = [
    path("", start.home, name="home"),
    path("how-it-works/", texts.how_it_works, name="how_it_works"),
    path("rules/", texts.rules, name="rules"),
    path("privacy/", texts.privacy, name="privacy"),
    path("accessibility/", texts.accessibility, name="accessibility"),
    path("data/", texts.api_guide, name="api_guide"),
    path("language/", language.switch, name="language"),
    path("search/", search.search, name="search"),
    path("goals/", goals.index, name="goals"),
    path("goals/<int:number>/", goals.goal, name="goal"),
    path("organisations/<slug:slug>/", organisations.organisation, name="organisation"),
    path("record/", record.record, name="record"),
    path("record/checkpoint/", record.checkpoint, name="checkpoint"),
    path("record/key/", record.public_key, name="record_key"),
]

_consultations = [
    path("", listing.consultations, name="consultations"),
    path("<slug:slug>/", consultation.consultation, name="consultation"),
    path("<slug:slug>/moderation/", moderation_log.moderation, name="moderation_log"),
    path("<slug:slug>/outcome/", outcome.outcome, name="outcome"),
    path("<slug:slug>/outcome/<int:version>/", outcome.version, name="outcome_version"),
    path("<slug:slug>/outcome/<int:version>/<str:file_format>/", outcome.report_file, name="report_file"),
    path("<slug:slug>/documents/<str:public_id>/", consultation.document, name="consultation_document"),
    path("<slug:slug>/<int:number>/", session.session, name="session"),
    path("<slug:slug>/<int:number>/summaries/", session.summaries, name="session_summaries"),
    path("<slug:slug>/<int:number>/contribute/", contribute.contribute, name="contribute"),
    path("<slug:slug>/<int:number>/draft/", contribute.keep_draft, name="keep_draft"),
]

_receipts = [
    path("", receipt.look_up, name="receipts"),
    path("<str:code>/", receipt.receipt, name="receipt"),
    path("<str:code>/proof.json", receipt.proof, name="proof"),
    path("<str:code>/replies/", responses.reply, name="reply"),
    path("<str:code>/replies/<str:reply_code>/withdraw/", responses.take_back, name="withdraw_reply"),
    path("<str:code>/stance/", responses.stance, name="stance"),
    path("<str:code>/edit/", own_text.edit, name="edit_contribution"),
    path("<str:code>/withdraw/", own_text.withdraw, name="withdraw_contribution"),
    path("<str:code>/appeal/<str:act_id>/", own_text.appeal, name="appeal"),
]

_account = [
    path("", overview.account, name="account"),
    path("profile/", profile.profile, name="profile"),
    path("notices/", notices.notices, name="notices"),
    path("consents/", data.consents, name="consents"),
    path("data/", data.own_data, name="own_data"),
    path("data/download/", data.download, name="download_own_data"),
    path("data/erase/", data.erase, name="erase_account"),
    path("enter/<str:secret>/", enter.enter, name="enter"),
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/code/", sign_in.confirm, name="sign_in_code"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
]

# The names under which the sign-in package looks for its own pages.
_package_names = [
    path("account/login/", RedirectView.as_view(pattern_name="sign_in", query_string=True), name="account_login"),
    path("account/signup/", RedirectView.as_view(pattern_name="sign_in", query_string=True), name="account_signup"),
    path(
        "account/login/code/",
        RedirectView.as_view(pattern_name="sign_in_code", query_string=True),
        name="account_confirm_login_code",
    ),
    path("account/inactive/", sign_in.inactive, name="account_inactive"),
]

urlpatterns = [
    *_pages,
    path("consultations/", include(_consultations)),
    path("c/", include(_receipts)),
    path("account/", include(_account)),
    *_package_names,
    path("desk/", include("answerable.web.desk.urls")),
]
