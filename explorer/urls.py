"""Addresses of the public pages and of the map files they draw from."""

from django.urls import path

from explorer import activity_views, basin_views, data_views, layers, method_views, perimeter_views, views

app_name = "explorer"

urlpatterns = [
    path("", views.home, name="home"),
    path("classement/", views.ranking, name="ranking"),
    path("recherche/", views.search, name="search"),
    path("bassins/", views.basins, name="basins"),
    path("bassins/<str:zone_code>/", basin_views.basin, name="basin"),
    path("bassins/<str:zone_code>/activites/", basin_views.activities, name="basin-activities"),
    path("bassins/<str:zone_code>/activites/liste.csv", basin_views.activities_csv, name="basin-activities-csv"),
    path("bassins/<str:zone_code>/foncier/", basin_views.land, name="basin-land"),
    path("bassins/<str:zone_code>/figures/<slug:figure_id>.csv", basin_views.figure_csv, name="basin-figure"),
    path("bassins/<str:zone_code>/pourquoi/", views.why, name="why"),
    path("activites/", activity_views.activities, name="activities"),
    path("activites/<str:code>/", activity_views.activity, name="activity"),
    path("activites/<str:code>/figures/<slug:figure>.csv", activity_views.activity_figure, name="activity-figure"),
    path("perimetres/", perimeter_views.perimeters, name="perimeters"),
    path("perimetres/<slug:kind>/<str:code>/", perimeter_views.perimeter, name="perimeter"),
    path(
        "perimetres/<slug:kind>/<str:code>/figures/<slug:figure>.csv",
        perimeter_views.perimeter_figure,
        name="perimeter-figure",
    ),
    path("methode/", method_views.method, name="method"),
    path("methode/criteres/", method_views.criteria, name="method-criteria"),
    path("methode/criteres.csv", method_views.criteria_csv, name="method-criteria-csv"),
    path("methode/jugements/", method_views.judgements, name="method-judgements"),
    path("methode/journal/", method_views.journal, name="method-journal"),
    path("donnees/", data_views.data, name="data"),
    path("donnees/indicateurs/<str:indicator>/", data_views.indicator, name="indicator"),
    path("donnees/indicateurs/<str:indicator>.csv", data_views.indicator_file, name="indicator-file"),
    path("donnees/telechargements/", data_views.downloads, name="downloads"),
    path("donnees/telechargements/<slug:name>.csv", data_views.table_file, name="table-file"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("cartes/zones.<slug:edition_hash>.svg", layers.zones_svg_file, name="zones-svg"),
    path("cartes/<slug:layer>.<slug:edition_hash>.geojson", layers.geojson_file, name="layer"),
]
