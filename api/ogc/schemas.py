"""What features say, as JSON Schema: for geographic software that types its columns, and for the OpenAPI document."""

from typing import Any

from api.ogc.collections import Collection, Property

Schema = dict[str, Any]


def property_schema(about: Property) -> Schema:
    """Return the schema of a property; one without a value is left out of the feature, never null."""
    schema: Schema = {"title": str(about.title), "type": about.json_type}
    if about.json_type == "array":
        schema["items"] = {"type": "string"}
    if about.choices:
        schema["enum"] = list(about.choices.values)
        schema["description"] = " ; ".join(f"{value} : {label}" for value, label in about.choices.choices)
    return schema


def geometry_schema(kind: str) -> Schema:
    """Return the schema of the geometry of a collection."""
    depth = {"Point": 0, "MultiPolygon": 3}[kind]
    coordinates: Schema = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
    for _level in range(depth):
        coordinates = {"type": "array", "items": coordinates}
    return {
        "type": "object",
        "required": ["type", "coordinates"],
        "properties": {"type": {"type": "string", "enum": [kind]}, "coordinates": coordinates},
    }


def feature_schema(collection: Collection) -> Schema:
    """Return the schema of a feature, in the words that JSON Schema and OpenAPI 3.0 share."""
    return {
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": {"type": "string"},
            "geometry": geometry_schema(collection.geometry_type),
            "properties": {
                "type": "object",
                "properties": {one.name: property_schema(one) for one in collection.properties},
            },
        },
    }


def json_schema(collection: Collection, own_address: str) -> Schema:
    """Return the schema of a feature as a document of its own."""
    schema = feature_schema(collection)
    if collection.may_lack_geometry:
        schema["properties"]["geometry"] = {"oneOf": [schema["properties"]["geometry"], {"type": "null"}]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": own_address,
        "title": str(collection.title),
        "description": str(collection.description),
        **schema,
    }
