"""Every address: pages end with a slash, the interface does not."""

from django.urls import include, path

from api.document import openapi
from api.documentation.views import documentation
from api.interface import api
from api.tile_json import tile_json
from api.tiles import tile

urlpatterns = [
    # First: a map asks for dozens at once.
    path("tiles/<str:layer>.json", tile_json, name="tile-json"),
    path("tiles/<str:layer>/<str:z>/<str:x>/<str:y>.mvt", tile, name="tile"),
    path("ogc/", include("api.ogc.urls")),
    path("", include("reports.urls")),
    path("", include("explorer.urls")),
    path("donnees/api/", documentation, name="api-documentation"),
    path("api/v1/openapi.json", openapi, name="openapi"),
    path("api/v1/", api.urls),
]

handler400 = "config.errors.bad_request"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
