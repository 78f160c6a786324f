"""The interface for programs: what the pages show, under the same rules, as JSON."""

from answerable import __version__
from answerable.publish.consultations import router as consultations
from answerable.publish.description import DescribedAPI
from answerable.publish.problems import add_handlers
from answerable.publish.record import router as record
from answerable.publish.reports import router as reports

api = DescribedAPI(
    title="Answerable",
    version=__version__,
    description=(
        "Reads consultations, contributions, outcome reports and the public record. "
        "Lists are pages: follow `next` until it is absent. Errors are problem documents (RFC 9457)."
    ),
    docs_url=None,
    urls_namespace="api",
)
api.add_router("", consultations)
api.add_router("", reports)
api.add_router("/record", record)
add_handlers(api)
