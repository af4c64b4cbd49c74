"""Documents of the service as answers: `/ogc/`, `/ogc/conformance`, `/ogc/api`, `/ogc/collections`."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

from api.ogc.answers import JSON, OPENAPI, SCHEMA, held, own_address, sent_document
from api.ogc.documents import (
    Document,
    collection_document,
    collections_document,
    conformance_document,
    landing_document,
)
from api.ogc.items import known_collection
from api.ogc.openapi import openapi_document
from api.ogc.question import read_common
from api.ogc.schemas import json_schema
from scoring.service import current_edition
from sources.models import Edition
from sources.read_only import read_only

Make = Callable[..., Document]


def answered(media_type: str) -> Callable[[Make], Callable[..., HttpResponse]]:
    """Make a view of a function that returns a document of the edition on show."""

    def decorate(make: Make) -> Callable[..., HttpResponse]:
        @read_only
        @wraps(make)
        def view(request: HttpRequest, **names: str) -> HttpResponse:
            read_common(request.GET)
            edition = current_edition()
            document = make(request, edition, **names)
            return held(request, edition) or sent_document(request, edition, document, media_type)

        return view

    return decorate


@answered(JSON)
def landing(request: HttpRequest, edition: Edition) -> Document:
    """Say where everything is."""
    return landing_document(request, edition)


@answered(JSON)
def conformance(request: HttpRequest, edition: Edition) -> Document:
    """Say which classes of the standard are held."""
    return conformance_document()


@answered(OPENAPI)
def api(request: HttpRequest, edition: Edition) -> Document:
    """Describe every address in OpenAPI 3.0."""
    return openapi_document(request, edition)


@answered(JSON)
def collections(request: HttpRequest, edition: Edition) -> Document:
    """Describe every collection."""
    return collections_document(request, edition)


@answered(JSON)
def collection(request: HttpRequest, edition: Edition, collection: str) -> Document:
    """Describe one collection; raises `NotFound`."""
    return collection_document(request, known_collection(collection), edition)


@answered(SCHEMA)
def schema(request: HttpRequest, edition: Edition, collection: str) -> Document:
    """Describe what the features of a collection say; raises `NotFound`."""
    return json_schema(known_collection(collection), own_address(request))
