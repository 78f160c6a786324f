"""The description in OpenAPI 3.1 with what an operation answers when something is wrong."""

from http import HTTPStatus
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from answerable.publish.problems import MEDIA_TYPE, Problem, ProblemError

_REFERENCE = "#/components/schemas/"
_SAYS = {
    HTTPStatus.FORBIDDEN: "It is not public (any more); `detail` says why.",
    HTTPStatus.NOT_FOUND: "There is nothing at this address.",
    HTTPStatus.METHOD_NOT_ALLOWED: "The address only takes the methods in the header `Allow`.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "A parameter cannot be used; `errors` names it, and what is allowed.",
}
_GUARDED = ("/consultations/{", "/contributions/{")
_MAYBE_MISSING = ("read_checkpoint", "read_verifier_key")


class DescribedAPI(NinjaAPI):
    """An interface whose description declares the problem documents of every operation."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Return the description, completed with the answers to wrong requests."""
        described = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        for path, operations in described["paths"].items():
            for operation in operations.values():
                operation["responses"] |= {int(status): _response(status) for status in _errors(path, operation)}
        components = described["components"]["schemas"]
        for model in (Problem, ProblemError):
            schema = model.model_json_schema(ref_template=_REFERENCE + "{model}")
            schema.pop("$defs", None)
            components[model.__name__] = schema
        return described


def _errors(path: str, operation: dict[str, Any]) -> list[HTTPStatus]:
    """Return what can go wrong at an address: nothing there, not public, a wrong parameter, a wrong method."""
    may_be_missing = "{" in path or operation["operationId"].endswith(_MAYBE_MISSING)
    is_asked = any(parameter["in"] == "query" for parameter in operation["parameters"])
    found = {
        HTTPStatus.FORBIDDEN: any(part in path for part in _GUARDED),
        HTTPStatus.NOT_FOUND: may_be_missing,
        HTTPStatus.METHOD_NOT_ALLOWED: True,
        HTTPStatus.UNPROCESSABLE_ENTITY: is_asked,
    }
    return [status for status, may_happen in found.items() if may_happen]


def _response(status: HTTPStatus) -> dict[str, Any]:
    response: dict[str, Any] = {
        "description": _SAYS[status],
        "content": {MEDIA_TYPE: {"schema": {"$ref": f"{_REFERENCE}{Problem.__name__}"}}},
    }
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        response["headers"] = {"Allow": {"schema": {"type": "string"}}}
    return response
