"""Addresses of the files to take away."""

from django.urls import path

from reports import export_views, gis_views, perimeter_views, picture_views, ranking_views, report_views

app_name = "reports"

urlpatterns = [
    path("perimetres/<slug:kind>/<str:code>/rapport.<slug:suffix>", perimeter_views.perimeter, name="perimeter"),
    path("exports/", export_views.exports, name="exports"),
    path("exports/demander/<str:kind>/", export_views.export_ask, name="export-ask"),
    path("exports/<uuid:export_id>/", export_views.export, name="export"),
    path("exports/<uuid:export_id>/reessayer/", export_views.export_again, name="export-again"),
    path("exports/<uuid:export_id>/fichier/", export_views.export_file, name="export-file"),
    path("bassins/<str:zone_code>/rapport/", report_views.basin_page, name="basin-report"),
    path("bassins/<str:zone_code>/rapport.<str:suffix>", report_views.basin_file, name="basin-report-file"),
    path("bassins/<str:zone_code>/pourquoi/rapport/", report_views.why_page, name="why-report"),
    path("bassins/<str:zone_code>/pourquoi/rapport.<str:suffix>", report_views.why_file, name="why-report-file"),
    path("classement/classement.csv", ranking_views.ranking_csv, name="ranking-csv"),
    path("classement/classement-dictionnaire.csv", ranking_views.ranking_dictionary, name="ranking-dictionary"),
    path("classement/classement.xlsx", ranking_views.ranking_xlsx, name="ranking-xlsx"),
    path("classement/classement.<str:suffix>", gis_views.ranking_file, name="ranking-file"),
    path("donnees/telechargements/<slug:name>.gpkg", gis_views.layer_file, name="layer-file"),
    path("classement/carte.<str:suffix>", picture_views.ranking_picture, name="ranking-map"),
    path(
        "donnees/indicateurs/<str:indicator>/carte.<str:suffix>", picture_views.indicator_picture, name="indicator-map"
    ),
]
