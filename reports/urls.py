"""Addresses of the files to take away."""

from django.urls import path

from reports import gis_views, picture_views

app_name = "reports"

urlpatterns = [
    path("classement/classement.<str:suffix>", gis_views.ranking_file, name="ranking-file"),
    path("classement/carte.<str:suffix>", picture_views.ranking_picture, name="ranking-map"),
    path(
        "donnees/indicateurs/<str:indicator>/carte.<str:suffix>", picture_views.indicator_picture, name="indicator-map"
    ),
]
