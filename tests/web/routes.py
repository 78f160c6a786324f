"""Every address of the public pages and what each role gets there. The desk's are in ``routes_desk.py``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.web.world import ROLES, World

Arguments = Callable[[World], dict[str, object]]
PEOPLE = [role for role in ROLES if role != "anonymous"]


@dataclass(frozen=True)
class Route:
    """One address by the name of its view, the arguments in it, and the status each role gets with GET."""

    name: str
    expected: Mapping[str, int]
    kwargs: Arguments = field(default=lambda world: {})


def everyone(status: int = 200, **others: int) -> dict[str, int]:
    """Expect the same for every role but those named."""
    return {role: others.get(role, status) for role in ROLES}


def only(*roles: str, others: int = 403, anonymous: int = 302) -> dict[str, int]:
    """Expect the page for some roles, a refusal for others, and the sign-in page for nobody in particular."""
    return {role: 200 if role in roles else others for role in PEOPLE} | {"anonymous": anonymous}


SIGNED_IN = only(*PEOPLE)


def consultation(world: World) -> dict[str, object]:
    return {"slug": world.consultation.slug}


def session(world: World) -> dict[str, object]:
    return consultation(world) | {"number": world.session.number}


def code(world: World) -> dict[str, object]:
    return {"code": world.contribution.receipt_code}


def held(world: World) -> dict[str, object]:
    return {"code": world.held.receipt_code}


ROUTES = [
    Route("home", everyone()),
    Route("how_it_works", everyone()),
    Route("rules", everyone()),
    Route("privacy", everyone()),
    Route("accessibility", everyone()),
    Route("api_guide", everyone()),
    Route("language", everyone(405)),
    Route("search", everyone()),
    Route("goals", everyone()),
    Route("goal", everyone(), lambda world: {"number": 6}),
    Route("organisation", everyone(), lambda world: {"slug": world.organisation.slug}),
    Route("record", everyone()),
    Route("checkpoint", everyone(404)),
    Route("record_key", everyone(404)),
    Route("consultations", everyone()),
    Route("consultation", everyone(), consultation),
    Route("moderation_log", everyone(), consultation),
    Route("outcome", everyone(), consultation),
    Route("outcome_version", everyone(404), lambda world: consultation(world) | {"version": 1}),
    Route("report_file", everyone(404), lambda world: consultation(world) | {"version": 1, "file_format": "pdf"}),
    Route(
        "consultation_document",
        everyone(),
        lambda world: consultation(world) | {"public_id": world.document.public_id},
    ),
    Route("session", everyone(), session),
    Route("session_summaries", everyone(), session),
    Route("contribute", everyone(), session),
    Route("keep_draft", everyone(405), session),
    Route("receipts", everyone()),
    Route("receipt", everyone(), code),
    Route("receipt", everyone(), held),
    Route("proof", everyone(409), code),
    Route("reply", everyone(405), code),
    Route("withdraw_reply", everyone(405), lambda world: code(world) | {"reply_code": world.reply.receipt_code}),
    Route("stance", everyone(405), code),
    Route("edit_contribution", only("author"), code),
    Route("withdraw_contribution", only("author"), code),
    Route("appeal", only("author"), lambda world: held(world) | {"act_id": world.act.public_id}),
    Route("account", SIGNED_IN),
    Route("profile", SIGNED_IN),
    Route("notices", SIGNED_IN),
    Route("consents", SIGNED_IN),
    Route("own_data", SIGNED_IN),
    Route("download_own_data", SIGNED_IN),
    Route("erase_account", SIGNED_IN),
    Route("enter", everyone(), lambda world: {"secret": "unknown"}),
    Route("sign_in", everyone(302, anonymous=200)),
    Route("sign_in_code", everyone(302)),
    Route("sign_out", everyone()),
    Route("account_login", everyone(302)),
    Route("account_signup", everyone(302)),
    Route("account_confirm_login_code", everyone(302)),
    Route("account_inactive", everyone(403)),
]
