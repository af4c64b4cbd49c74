"""Styles as the two forms that systems read: QML of QGIS, and SLD 1.0 of the OGC.

Rules rather than the graduated renderer of QGIS, which leaves out rows without a value: here they are hatched.
"""

from collections.abc import Iterator
from html import escape
from itertools import count
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from reports.gis.layer import Class, Field, Style

QGIS_VERSION = "3.16.0"
HATCH_GAP_MM, HATCH_WIDTH_MM, OUTLINE_MM, MARKER_MM = "1.6", "0.3", "0.16", "2"
SLD_NAMESPACES = (
    'xmlns="http://www.opengis.net/sld" xmlns:ogc="http://www.opengis.net/ogc" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def qml(style: Style, fields: tuple[Field, ...] | list[Field]) -> str:
    """Return a style with the words of the columns, as QGIS reads it."""
    numbers = count()
    symbols, rules = [], []
    for position, one in enumerate(style.classes):
        symbols.append(_symbol(style, one, next(numbers)))
        condition = f' filter="{escape(expression(style, one))}"' if style.column else ""
        rules.append(
            f'<rule key="{{{_key(style, position)}}}" symbol="{position}" label="{escape(one.label)}"{condition}/>'
        )
    aliases = "".join(
        f'<alias field="{escape(one.name)}" index="{index}" name="{escape(one.label)}"/>'
        for index, one in enumerate(fields)
    )
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
        f'<qgis version="{QGIS_VERSION}" styleCategories="Symbology|Fields">\n'
        '<renderer-v2 type="RuleRenderer" symbollevels="0" forceraster="0" enableorderby="0">\n'
        f'<rules key="{{{_key(style, "root")}}}">{"".join(rules)}</rules>\n'
        f"<symbols>{''.join(symbols)}</symbols>\n"
        f"</renderer-v2>\n<aliases>{aliases}</aliases>\n</qgis>\n"
    )


def expression(style: Style, one: Class) -> str:
    """Return the condition of a class in the language of QGIS, which SQL reads too."""
    column = f'"{style.column}"'
    if one.is_hatched:
        return f"{column} IS NULL"
    ends = [f"{column} {sign} {end:g}" for sign, end in ((">=", one.low), ("<", one.high)) if end is not None]
    return " AND ".join(ends) or f"{column} IS NOT NULL"


def _key(style: Style, part: Any) -> str:
    """A key that the same style always has: files of one question must be equal."""
    return str(uuid5(NAMESPACE_URL, f"bassins:{style.name}:{part}"))


def _symbol(style: Style, one: Class, number: int) -> str:
    kind = "marker" if style.is_point else "fill"
    layers = [_layer("SimpleMarker" if style.is_point else "SimpleFill", _plain(style, one))]
    if one.is_hatched and not style.is_point:
        line = {"line_color": _rgba(style.outline), "line_width": HATCH_WIDTH_MM, "line_width_unit": "MM"}
        stroke = f'<symbol type="line" name="@{number}@1" alpha="1" clip_to_extent="1">{_layer("SimpleLine", line)}'
        hatch = {"angle": "45", "distance": HATCH_GAP_MM, "distance_unit": "MM", "color": _rgba(style.outline)}
        layers.append(_layer("LinePatternFill", hatch, inside=f"{stroke}</symbol>"))
    return f'<symbol type="{kind}" name="{number}" alpha="1" clip_to_extent="1">{"".join(layers)}</symbol>'


def _plain(style: Style, one: Class) -> dict[str, str]:
    plain = {
        "color": _rgba(one.colour),
        "outline_color": _rgba(style.outline),
        "outline_style": "solid",
        "outline_width": OUTLINE_MM,
        "outline_width_unit": "MM",
    }
    shape = {"name": "circle", "size": MARKER_MM, "size_unit": "MM"} if style.is_point else {"style": "solid"}
    return plain | shape


def _layer(name: str, properties: dict[str, str], inside: str = "") -> str:
    props = "".join(f'<prop k="{key}" v="{value}"/>' for key, value in properties.items())
    return f'<layer class="{name}" enabled="1" locked="0" pass="0">{props}{inside}</layer>'


def _rgba(colour: str) -> str:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"{red},{green},{blue},255"


def sld(style: Style) -> str:
    """Return a style as a Styled Layer Descriptor 1.0.0."""
    rules = "\n".join(_sld_rules(style))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<StyledLayerDescriptor version="1.0.0" {SLD_NAMESPACES}>\n'
        f"<NamedLayer><Name>{escape(style.name)}</Name><UserStyle><Title>{escape(style.title)}</Title>"
        f"<FeatureTypeStyle>\n{rules}\n</FeatureTypeStyle></UserStyle></NamedLayer>\n</StyledLayerDescriptor>\n"
    )


def _sld_rules(style: Style) -> Iterator[str]:
    for position, one in enumerate(style.classes):
        condition = f"<ogc:Filter>{_sld_filter(style, one)}</ogc:Filter>" if style.column else ""
        name = f"<Name>{style.name}-{position}</Name><Title>{escape(one.label)}</Title>"
        yield f"<Rule>{name}{condition}{_sld_symbolizer(style, one)}</Rule>"


def _sld_filter(style: Style, one: Class) -> str:
    column = f"<ogc:PropertyName>{style.column}</ogc:PropertyName>"
    if one.is_hatched:
        return f"<ogc:PropertyIsNull>{column}</ogc:PropertyIsNull>"
    signs = (("PropertyIsGreaterThanOrEqualTo", one.low), ("PropertyIsLessThan", one.high))
    tests = [
        f"<ogc:{sign}>{column}<ogc:Literal>{end:g}</ogc:Literal></ogc:{sign}>"
        for sign, end in signs
        if end is not None
    ]
    if not tests:
        return f"<ogc:Not><ogc:PropertyIsNull>{column}</ogc:PropertyIsNull></ogc:Not>"
    return tests[0] if len(tests) == 1 else f"<ogc:And>{''.join(tests)}</ogc:And>"


def _sld_symbolizer(style: Style, one: Class) -> str:
    stroke = f"<Stroke>{_css('stroke', style.outline)}{_css('stroke-width', '0.5')}</Stroke>"
    if style.is_point:
        mark = f"<Mark><WellKnownName>circle</WellKnownName><Fill>{_css('fill', one.colour)}</Fill>{stroke}</Mark>"
        return f"<PointSymbolizer><Graphic>{mark}<Size>7</Size></Graphic></PointSymbolizer>"
    fill = f"<PolygonSymbolizer><Fill>{_css('fill', one.colour)}</Fill>{stroke}</PolygonSymbolizer>"
    if not one.is_hatched:
        return fill
    slash = f"<Graphic><Mark><WellKnownName>shape://slash</WellKnownName>{stroke}</Mark><Size>6</Size></Graphic>"
    return f"{fill}<PolygonSymbolizer><Fill><GraphicFill>{slash}</GraphicFill></Fill></PolygonSymbolizer>"


def _css(name: str, value: str) -> str:
    return f'<CssParameter name="{name}">{value}</CssParameter>'
