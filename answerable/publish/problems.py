"""What went wrong, as problem documents (RFC 9457)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError

from answerable.foundation.verdicts import NotAllowed, Unacceptable

MEDIA_TYPE = "application/problem+json"
_UNUSABLE = "The request has parameters that cannot be used"


class ProblemError(Schema):
    """One thing that is wrong: the parameter, a sentence, and the allowed values where they can be listed."""

    field: str
    detail: str
    allowed: list[str] | None = None


class Problem(Schema):
    """A problem document; members without a value are left out."""

    type: str
    title: str
    status: int
    instance: str
    detail: str | None = None
    code: str | None = None
    errors: list[ProblemError] | None = None


class UnusableParameter(Exception):
    """A parameter of the request has a value that nothing can be done with."""

    def __init__(self, field: str, detail: str, *, allowed: Sequence[str] | None = None) -> None:
        """Keep what is wrong and what would be right."""
        super().__init__(f"{field}: {detail}")
        self.field, self.detail, self.allowed = field, detail, allowed


class NothingYet(Http404):
    """There is nothing at an address so far; the message says why."""


def problem(request: HttpRequest, *, status: int, title: str, detail: str = "", **more: Any) -> HttpResponse:
    """Return a problem document: ``title`` is the same for each problem of its kind, ``detail`` speaks of this one."""
    content = {"type": "about:blank", "title": title, "status": status, "instance": request.path, **more}
    if detail:
        content["detail"] = detail
    return JsonResponse(content, status=status, content_type=MEDIA_TYPE)


def nothing_here(request: HttpRequest, detail: str = "") -> HttpResponse:
    """Return the problem document for an address with nothing behind it."""
    return problem(request, status=404, title="There is nothing at this address", detail=detail)


def add_handlers(api: NinjaAPI) -> None:
    """Have every refusal and every wrong request answered with a problem document."""

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, found: Exception) -> HttpResponse:
        return nothing_here(request, str(found) if isinstance(found, NothingYet) else "")

    @api.exception_handler(NotAllowed)
    def refused(request: HttpRequest, refusal: NotAllowed) -> HttpResponse:
        denied = refusal.denied
        return problem(request, status=403, title="Not allowed", detail=denied.reason, code=denied.code)

    @api.exception_handler(Unacceptable)
    def unacceptable(request: HttpRequest, found: Unacceptable) -> HttpResponse:
        errors = [{"field": field, "detail": said} for field, sentences in found.problems.items() for said in sentences]
        return problem(request, status=422, title="This cannot be taken as it is", errors=errors)

    @api.exception_handler(UnusableParameter)
    def unusable(request: HttpRequest, found: UnusableParameter) -> HttpResponse:
        errors = [_error(found.field, found.detail, found.allowed)]
        return problem(request, status=422, title=_UNUSABLE, errors=errors)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, found: ValidationError) -> HttpResponse:
        return problem(request, status=422, title=_UNUSABLE, errors=[_invalid(error) for error in found.errors])


def _invalid(error: Mapping[str, Any]) -> dict[str, Any]:
    names = [str(part) for part in error["loc"][1:]] or ["request"]
    return _error(names[-1], error["msg"], error.get("ctx", {}).get("allowed"))


def _error(field: str, detail: str, allowed: Sequence[str] | None) -> dict[str, Any]:
    said: dict[str, Any] = {"field": field, "detail": detail}
    return said if allowed is None else said | {"allowed": list(allowed)}
