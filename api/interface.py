"""The interface as one object: its title, its addresses, its OpenAPI document."""

from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from api import VERSION
from api.catalogue_views import router as catalogue_router
from api.exchange import exchanged, linked
from api.group_views import router as group_router
from api.views import router


class Utf8Renderer(JSONRenderer):
    """JSON whose accents are readable as they are."""

    json_dumps_params = {"ensure_ascii": False, "allow_nan": False}


api = NinjaAPI(
    title="Bassins",
    version=VERSION,
    description=(
        "Which French employment basins fit an activity, why, and what is missing. Reading only, no key, no cookie. "
        "Errors are problem details (RFC 9457) whose `detail` is a sentence."
    ),
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
    renderer=Utf8Renderer(),
)
api.add_decorator(exchanged, mode="view")
api.add_decorator(linked)
api.add_router("", router)
api.add_router("", group_router)
api.add_router("", catalogue_router)
