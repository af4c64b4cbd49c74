"""Addresses of the files to take away."""

from django.urls import path

from reports import gis_views

app_name = "reports"

urlpatterns = [
    path("classement/classement.<str:suffix>", gis_views.ranking_file, name="ranking-file"),
]
