"""The page of one indicator: its sentence, its map, where it is known, its value in every basin."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext as _

from basins.indicators import Indicator
from basins.names import normalised_name
from explorer import choropleth
from explorer.choropleth import ZoneFigure
from explorer.citations import cited, shown_vintage
from explorer.downloads import CSV, WORKBOOK, in_form
from explorer.maps import basin_url
from explorer.presenters.data import SHARE_ALIKE, group_labels, source_row
from explorer.wording import STATUS_SIGNS, listed, number, status_label, with_unit
from scoring.facts import Facts, ZoneCard
from sources.models import Release

# Under this share of basins above it, the median is shared by too many to part them in two halves.
CLEAR_HALF = 0.45
NAMED_AT_MOST = 12

Row = tuple[ZoneCard, float, str]


def known_last(row: Row) -> bool:
    return row[1] != row[1]


# Each sort by its name in the address: how rows are ordered, then its words.
SORTS: dict[str, Callable[[Row], Any]] = {
    "decroissant": lambda row: (known_last(row), -row[1] if row[1] == row[1] else 0.0, row[0].code),
    "croissant": lambda row: (known_last(row), row[1] if row[1] == row[1] else 0.0, row[0].code),
    "nom": lambda row: normalised_name(row[0].name),
    "statut": lambda row: (row[2], normalised_name(row[0].name)),
}


def indicator_page(facts: Facts, one: Indicator, releases: Sequence[Release], sort: str) -> dict[str, Any]:
    """Return the context of the page of an indicator."""
    values, statuses = facts.values[one.id]
    rows = [(zone, float(v), str(s)) for zone, v, s in zip(facts.zones, values, statuses, strict=True)]
    urls = {zone.code: basin_url(zone.code) for zone in facts.zones}
    scale = choropleth.scale_around_zero(values, one.decimals)
    held = [source_row(release) for release in releases if release.source.slug in one.sources]
    address = reverse("explorer:indicator-file", args=(one.id,))
    return {
        "edition": facts.edition,
        "indicator": {
            "id": one.id,
            "label": str(one.label),
            "unit": str(one.unit),
            "method": str(one.method),
            "why": str(one.why),
            "vintage": shown_vintage(one.vintage),
            "grain": grain_label(one.grain),
            "better": better_label(one.better),
            "reviewed": one.reviewed,
            "group": group_labels().get(one.group, one.group),
        },
        "headline": headline(one, rows),
        "map": choropleth.figure_map(facts, [zone_figure(one, row) for row in rows], scale, urls),
        "coverage": choropleth.coverage_map(facts, [row[2] for row in rows], urls),
        "coverage_sentence": coverage_sentence(rows),
        "rows": [table_row(one, row, urls) for row in sorted(rows, key=SORTS[sort])],
        "sorts": sorts(one, sort),
        "sources": held,
        "is_share_alike": any(SHARE_ALIKE in row["licence"].lower() for row in held),
        "source": cited(facts, *one.sources),
        "file_url": address,
        "international_url": in_form(address, CSV, international=True),
        "workbook_url": in_form(address, WORKBOOK),
    }


def grain_label(grain: str) -> str:
    """Return the grain at which the producer publishes."""
    return {
        "commune": _("la commune"),
        "zone": _("le bassin"),
        "department": _("le département"),
        "region": _("la région"),
    }[grain]


def better_label(better: str) -> str:
    """Return which end of an indicator is favourable, in words."""
    return {
        "more": _("plus haut est favorable"),
        "less": _("plus bas est favorable"),
        "none": _("ni haut ni bas n'est favorable en soi"),
    }[better]


def amount(one: Indicator, value: float) -> str:
    """Return a value with its unit."""
    return with_unit(number(value, one.decimals), str(one.unit))


def headline(one: Indicator, rows: Sequence[Row]) -> str:
    """Return the lowest and the highest basins, and the middle one."""
    known = sorted((row for row in rows if not known_last(row)), key=lambda row: row[1])
    if not known:
        return _("Aucun bassin n'a de valeur pour cet indicateur.")
    median = float(np.median([row[1] for row in known]))
    low, high = known[0], known[-1]
    if low[1] == high[1]:
        return _("La même valeur partout : %(value)s.") % {"value": amount(one, low[1])}
    above = sum(row[1] > median for row in known) / len(known)
    told = (
        _("De %(low)s (%(lowest)s) à %(high)s (%(highest)s) ; la moitié des bassins dépassent %(median)s.")
        if above >= CLEAR_HALF
        else _("De %(low)s (%(lowest)s) à %(high)s (%(highest)s) ; le bassin du milieu est à %(median)s.")
    )
    return told % {
        "low": number(low[1], one.decimals),
        "lowest": ends(known, low[1]),
        "high": amount(one, high[1]),
        "highest": ends(known, high[1]),
        "median": amount(one, median),
    }


def ends(known: Sequence[Row], value: float) -> str:
    """Return the basin that bears an extreme value, or how many share it."""
    names = [row[0].name for row in known if row[1] == value]
    return names[0] if len(names) == 1 else _("%(count)s bassins") % {"count": number(len(names), 0)}


def zone_figure(one: Indicator, row: Row) -> ZoneFigure:
    """Return what the map says of a zone."""
    _zone, value, status = row
    if known_last(row):
        return ZoneFigure(None, status, status_label(status))
    return ZoneFigure(value, status, f"{sign(status)}{amount(one, value)}")


def sign(status: str) -> str:
    """Return the sign before a value, with its space."""
    return f"{STATUS_SIGNS[status]}\u202f" if status in STATUS_SIGNS else ""


def coverage_sentence(rows: Sequence[Row]) -> str:
    """Return how many basins have a value, and the names of the others when they are few."""
    without = [row[0].name for row in rows if known_last(row)]
    told = _("Connu pour %(known)s bassins sur %(count)s.") % {
        "known": number(len(rows) - len(without), 0),
        "count": number(len(rows), 0),
    }
    if not without:
        return told
    named = listed(without) if len(without) <= NAMED_AT_MOST else _("voir la carte et le tableau")
    return told + " " + _("Sans valeur : %(names)s.") % {"names": named}


def table_row(one: Indicator, row: Row, urls: dict[str, str]) -> dict[str, str]:
    """Return a basin of the table."""
    zone, value, status = row
    return {
        "name": zone.name,
        "url": urls[zone.code],
        "code": zone.code,
        "value": "—" if known_last(row) else f"{sign(status)}{number(value, one.decimals)}",
        "status": status_label(status),
    }


def sorts(one: Indicator, chosen: str) -> list[dict[str, Any]]:
    """Return the ways to sort the table, the current one marked."""
    labels = {
        "decroissant": _("du plus haut au plus bas"),
        "croissant": _("du plus bas au plus haut"),
        "nom": _("par nom"),
        "statut": _("par statut"),
    }
    address = reverse("explorer:indicator", args=(one.id,))
    first = next(iter(SORTS))
    return [
        {
            "label": labels[name],
            "url": f"{address}#explorer-values" if name == first else f"{address}?tri={name}#explorer-values",
            "is_current": name == chosen,
        }
        for name in SORTS
    ]
