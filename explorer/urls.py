"""Addresses of the public pages and of the map files they draw from."""

from django.urls import path

from explorer import (
    activity_views,
    basin_views,
    chain_views,
    compare_views,
    complementarity_views,
    data_views,
    layers,
    peer_views,
    perimeter_views,
    reverse_views,
    views,
)

app_name = "explorer"

urlpatterns = [
    path("", views.home, name="home"),
    path("classement/", views.ranking, name="ranking"),
    path("recherche/", views.search, name="search"),
    path("bassins/", views.basins, name="basins"),
    path("bassins/<str:zone_code>/", basin_views.basin, name="basin"),
    path("bassins/<str:zone_code>/activites/", reverse_views.activities, name="basin-activities"),
    path("bassins/<str:zone_code>/activites/liste.csv", reverse_views.activities_csv, name="basin-activities-csv"),
    path("bassins/<str:zone_code>/ressources/", reverse_views.resources, name="basin-resources"),
    path("bassins/<str:zone_code>/ressources/liste.csv", reverse_views.resources_csv, name="basin-resources-csv"),
    path("bassins/<str:zone_code>/foncier/", basin_views.land, name="basin-land"),
    path("bassins/<str:zone_code>/figures/<slug:figure_id>.csv", basin_views.figure_csv, name="basin-figure"),
    path("bassins/<str:zone_code>/semblables/", peer_views.peers, name="basin-peers"),
    path("bassins/<str:zone_code>/semblables/liste.csv", peer_views.peers_csv, name="basin-peers-csv"),
    path("bassins/<str:zone_code>/pourquoi/", views.why, name="why"),
    path("activites/", activity_views.activities, name="activities"),
    path("activites/<str:code>/", activity_views.activity, name="activity"),
    path("activites/<str:code>/figures/<slug:figure>.csv", activity_views.activity_figure, name="activity-figure"),
    path("activites/<str:code>/chaine/", chain_views.chain, name="chain"),
    path("activites/<str:code>/chaine/<slug:figure>.csv", chain_views.chain_figure, name="chain-figure"),
    path("complementarites/", complementarity_views.complementarity, name="complementarity"),
    path("complementarites/liste.csv", complementarity_views.complementarity_file, name="complementarity-file"),
    path("comparer/", compare_views.compare, name="compare"),
    path("comparer/ajouter/", compare_views.compare_add, name="compare-add"),
    path("comparer/tableau.csv", compare_views.compare_csv, name="compare-csv"),
    path("perimetres/", perimeter_views.perimeters, name="perimeters"),
    path("perimetres/<slug:kind>/<str:code>/", perimeter_views.perimeter, name="perimeter"),
    path(
        "perimetres/<slug:kind>/<str:code>/figures/<slug:figure>.csv",
        perimeter_views.perimeter_figure,
        name="perimeter-figure",
    ),
    path("methode/", views.method, name="method"),
    path("donnees/", data_views.data, name="data"),
    path("donnees/indicateurs/<str:indicator>/", data_views.indicator, name="indicator"),
    path("donnees/indicateurs/<str:indicator>.csv", data_views.indicator_file, name="indicator-file"),
    path("donnees/telechargements/", data_views.downloads, name="downloads"),
    path("donnees/telechargements/<slug:name>.csv", data_views.table_file, name="table-file"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("cartes/zones.<slug:edition_hash>.svg", layers.zones_svg_file, name="zones-svg"),
    path("cartes/<slug:layer>.<slug:edition_hash>.geojson", layers.geojson_file, name="layer"),
]
