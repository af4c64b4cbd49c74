"""The addresses of OGC API Features, as the standard fixes them; ids of features may hold a slash."""

from django.urls import path

from api.ogc import items, views

app_name = "ogc"
urlpatterns = [
    path("", views.landing, name="landing"),
    path("api", views.api, name="api"),
    path("conformance", views.conformance, name="conformance"),
    path("collections", views.collections, name="collections"),
    path("collections/<str:collection>", views.collection, name="collection"),
    path("collections/<str:collection>/schema", views.schema, name="schema"),
    path("collections/<str:collection>/items", items.items, name="items"),
    path("collections/<str:collection>/items/<path:feature_id>", items.item, name="item"),
]
