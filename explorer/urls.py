"""Addresses of the public pages and of the map files they draw from."""

from django.urls import path

from explorer import basin_views, layers, views

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
    path("methode/", views.method, name="method"),
    path("donnees/", views.data, name="data"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("cartes/zones.<slug:edition_hash>.svg", layers.zones_svg_file, name="zones-svg"),
    path("cartes/<slug:layer>.<slug:edition_hash>.geojson", layers.geojson_file, name="layer"),
]
