"""The interface as one object: its title, its addresses, its OpenAPI document."""

from ninja import NinjaAPI

from api import VERSION
from api.views import router

api = NinjaAPI(
    title="Bassins",
    version=VERSION,
    description=(
        "Which French employment basins fit an activity, why, and what is missing. Reading only, no key, no cookie. "
        "Errors are problem details (RFC 9457) whose `detail` is a sentence."
    ),
    urls_namespace="api",
    docs_url=None,
)
api.add_router("", router)
