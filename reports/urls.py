"""Addresses of the files to take away."""

from django.urls import URLPattern, path

from reports import export_views, perimeter_views

app_name = "reports"

urlpatterns: list[URLPattern] = [
    path("perimetres/<slug:kind>/<str:code>/rapport.<slug:suffix>", perimeter_views.perimeter, name="perimeter"),
    path("exports/", export_views.exports, name="exports"),
    path("exports/demander/<str:kind>/", export_views.export_ask, name="export-ask"),
    path("exports/<uuid:export_id>/", export_views.export, name="export"),
    path("exports/<uuid:export_id>/reessayer/", export_views.export_again, name="export-again"),
    path("exports/<uuid:export_id>/fichier/", export_views.export_file, name="export-file"),
]
