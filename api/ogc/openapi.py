"""The description of the service in OpenAPI 3.0, one path a collection, from the tables that the answers come from."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from api import VERSION
from api.ogc.answers import GEOJSON, JSON, OPENAPI, SCHEMA, address
from api.ogc.collections import COLLECTIONS, Collection
from api.ogc.question import DEFAULT_LIMIT, FORMATS, LARGEST_LIMIT, LONGEST_VALUE
from api.ogc.reference_systems import CRS84, REFERENCE_SYSTEMS
from api.ogc.schemas import feature_schema, property_schema
from api.problems import PROBLEM_TYPE
from api.schemas import Problem
from sources.models import Edition

Part = dict[str, Any]

FEATURE_ID = "featureId"
STRING = {"type": "string"}
LINK: Part = {
    "type": "object",
    "required": ["href", "rel"],
    "properties": dict.fromkeys(("href", "rel", "type", "title"), STRING),
}
LINKS: Part = {"type": "array", "items": {"$ref": "#/components/schemas/link"}}


def openapi_document(request: HttpRequest, edition: Edition) -> Part:
    """Return the whole description; addresses are relative to this site's own."""
    root = address(request, "landing").rstrip("/")
    return {
        "openapi": "3.0.3",
        "info": {
            "title": _("Bassins : objets géographiques"),
            "version": VERSION,
            "description": _(
                "OGC API Features sur l'édition %(edition)s des données de Bassins. En lecture seule, sans clé. "
                "Les erreurs sont des problem details (RFC 9457) dont detail est une phrase."
            )
            % {"edition": edition.name},
        },
        "servers": [{"url": root}],
        "paths": paths(),
        "components": {"schemas": schemas(), "parameters": parameters(), "responses": problems()},
    }


def paths() -> Part:
    """Return every address of the service, those of each collection apart, with its own filters."""
    found = {
        "/": operation("landing", _("Page d'accueil"), {JSON: reference("document")}),
        "/conformance": operation("conformance", _("Classes de conformité"), {JSON: reference("conformance")}),
        "/api": operation("api", _("Cette description"), {OPENAPI: {"type": "object"}}),
        "/collections": operation("collections", _("Collections"), {JSON: reference("collections")}),
    }
    for one in COLLECTIONS.values():
        root, title = f"/collections/{one.name}", str(one.title)
        feature = reference(f"{one.name}_feature")
        found |= {
            root: operation(f"{one.name}_collection", title, {JSON: reference("collection")}),
            f"{root}/schema": operation(f"{one.name}_schema", title, {SCHEMA: {"type": "object"}}),
            f"{root}/items": operation(
                f"{one.name}_items", title, {GEOJSON: reference(f"{one.name}_features")}, *items_parameters(one)
            ),
            f"{root}/items/{{{FEATURE_ID}}}": operation(
                f"{one.name}_item", title, {GEOJSON: feature}, named("featureId"), named("crs"), may_lack=True
            ),
        }
    return found


def operation(name: str, title: str, content: Part, *taken: Part, may_lack: bool = False) -> Part:
    """Return the reading of an address; `may_lack` when nothing may bear the id asked for."""
    statuses = ("400", *(["404"] if may_lack else []), "412", "414", "500", "503")
    success: Part = {"description": title, "content": {media: {"schema": schema} for media, schema in content.items()}}
    if GEOJSON in content:
        header = {"description": _("Système de coordonnées de la réponse."), "schema": STRING}
        success["headers"] = {"Content-Crs": header}
    return {
        "get": {
            "operationId": name,
            "summary": title,
            "parameters": [*taken, named("lang"), named("f")],
            "responses": {
                "200": success,
                "304": {"description": _("Le lecteur a déjà cette réponse.")},
                **{status: {"$ref": f"#/components/responses/{status}"} for status in statuses},
            },
        }
    }


def items_parameters(collection: Collection) -> list[Part]:
    """Return the parameters of the features of a collection: those of the standard, then its own filters."""
    common = [named(one) for one in ("limit", "after", "before", "bbox", "bbox-crs", "crs", "datetime")]
    return common + [
        query(one.name, str(one.title), filter_schema(property_schema(one))) for one in collection.filters.values()
    ]


def filter_schema(schema: Part) -> Part:
    """Return the schema of the values by which a property may be filtered."""
    if schema["type"] == "boolean":
        return {"type": "boolean"}
    if "enum" in schema:
        return {"type": "string", "enum": schema["enum"]}
    return {"type": "string", "minLength": 1, "maxLength": LONGEST_VALUE}


def query(name: str, description: str, schema: Part) -> Part:
    """Return a parameter of the query string."""
    return {
        "name": name, "in": "query", "description": description, "required": False, "schema": schema,
        "style": "form", "explode": False,
    }  # fmt: skip


def named(name: str) -> Part:
    """Return a reference to a parameter described once."""
    return {"$ref": f"#/components/parameters/{name}"}


def reference(name: str) -> Part:
    """Return a reference to a schema described once."""
    return {"$ref": f"#/components/schemas/{name}"}


def parameters() -> Part:
    """Return the parameters that several addresses share."""
    system = {"type": "string", "format": "uri", "enum": list(REFERENCE_SYSTEMS), "default": CRS84.uri}
    start = {"type": "string", "minLength": 1, "maxLength": LONGEST_VALUE}
    number = {"type": "number"}
    sizes = [{"minItems": size, "maxItems": size} for size in (4, 6)]
    return {
        "limit": query(
            "limit",
            _("Objets d'une page au plus ; au-delà du plus grand nombre, le plus grand."),
            {"type": "integer", "minimum": 1, "maximum": LARGEST_LIMIT, "default": DEFAULT_LIMIT},
        ),
        "after": query("after", _("Page qui suit cet identifiant ; les liens next la donnent."), start),
        "before": query("before", _("Page qui précède cet identifiant ; les liens prev la donnent."), start),
        "bbox": query(
            "bbox",
            _("Rectangle que les objets touchent : ouest, sud, est, nord, ou l'ordre de bbox-crs."),
            {"type": "array", "items": number, "oneOf": sizes},
        ),
        "bbox-crs": query("bbox-crs", _("Système de coordonnées de bbox."), system),
        "crs": query("crs", _("Système de coordonnées de la réponse."), system),
        "datetime": query(
            "datetime", _("Instant ou intervalle (RFC 3339) que le millésime de la source couvre."), STRING
        ),
        FEATURE_ID: {
            "name": FEATURE_ID, "in": "path", "required": True, "description": _("Identifiant de l'objet."),
            "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_VALUE},
        },
        "lang": query("lang", _("Langue des titres."), {"type": "string", "enum": ["fr", "en"]}),
        "f": query("f", _("Format : un seul."), {"type": "string", "enum": list(FORMATS)}),
    }  # fmt: skip


def problems() -> Part:
    """Return the answers to what goes wrong."""
    meanings = {
        "400": _("Un paramètre est faux ou inconnu."),
        "404": _("Rien ne porte ce nom."),
        "412": _("If-Match désigne une autre réponse que celle en service."),
        "414": _("L'adresse est trop longue."),
        "500": _("Une erreur de notre part."),
        "503": _("La base ne répond pas, ou pas dans le temps permis."),
    }
    content = {PROBLEM_TYPE: {"schema": reference("problem")}}
    return {status: {"description": meaning, "content": content} for status, meaning in meanings.items()}


def schemas() -> Part:
    """Return the schemas of the answers."""
    strings = {"type": "array", "items": STRING}
    words = {"title": STRING, "description": STRING, "links": LINKS}
    collection = {
        "type": "object",
        "required": ["id", "links"],
        "properties": {
            "id": STRING, **words, "attribution": STRING, "extent": {"type": "object"}, "itemType": STRING,
            "crs": strings, "storageCrs": STRING,
        },
    }  # fmt: skip
    found: Part = {
        "link": LINK,
        "document": {"type": "object", "required": ["links"], "properties": words},
        "conformance": {"type": "object", "required": ["conformsTo"], "properties": {"conformsTo": strings}},
        "collection": collection,
        "collections": {
            "type": "object",
            "required": ["links", "collections"],
            "properties": {
                "links": LINKS, "crs": strings, "collections": {"type": "array", "items": reference("collection")},
            },
        },
        "problem": Problem.model_json_schema(),
    }  # fmt: skip
    for one in COLLECTIONS.values():
        found |= {f"{one.name}_feature": openapi_feature(one), f"{one.name}_features": features(one)}
    return found


def openapi_feature(collection: Collection) -> Part:
    """Return the schema of a feature; OpenAPI 3.0 has its own way to say that a geometry may be null."""
    schema = feature_schema(collection)
    if collection.may_lack_geometry:
        schema["properties"]["geometry"]["nullable"] = True
    schema["properties"]["links"] = LINKS
    return schema


def features(collection: Collection) -> Part:
    """Return the schema of a page of features."""
    count = {"type": "integer", "minimum": 0}
    return {
        "type": "object",
        "required": ["type", "features", "links", "timeStamp", "numberMatched", "numberReturned"],
        "properties": {
            "type": {"type": "string", "enum": ["FeatureCollection"]},
            "features": {"type": "array", "items": reference(f"{collection.name}_feature")},
            "links": LINKS,
            "timeStamp": {"type": "string", "format": "date-time"},
            "numberMatched": count,
            "numberReturned": count,
        },
    }
