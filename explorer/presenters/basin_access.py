"""How far each network is from the people of a basin, over the distances at which it is useful."""

from collections.abc import Iterable
from functools import partial

from django.utils.translation import gettext as _

from basins.indicators import indicators
from explorer import basin_charts
from explorer.presenters.basin_comparison import beside, key_sentence
from explorer.tables import Cell, Column, Figure, Table
from explorer.wording import apart, capitalised, listed, number, titled, with_unit
from scoring.definitions import criteria
from scoring.facts import Facts
from scoring.sheet import BasinSheet
from scoring.sheet_tables import AccessKm

# Where the people of a basin live, which every distance is a mean over.
COMMUNES = "commune-zones"


def thresholds_km() -> dict[str, tuple[float, float]]:
    """Return by kind of node the distance that is fully useful and the one that is not, as the criterion has them."""
    given = next(one for one in criteria() if one.id == "access.modes").parameters["thresholds_km"]
    return {kind: (float(full), float(none)) for kind, (full, none) in given.items()}


def sources_of(kinds: Iterable[str]) -> tuple[str, ...]:
    """Return the data sets that tell where the nodes of some kinds are, each once: those of their distances."""
    found = (indicators().get(f"access.{kind}_km") for kind in kinds)
    slugs = (slug for one in found if one is not None for slug in one.sources if slug != COMMUNES)
    return tuple(dict.fromkeys(slugs))


def access_note() -> str:
    """Return how the distances are measured."""
    return _(
        "Distances à vol d'oiseau, moyenne des communes pondérée par leurs habitants, sur le même territoire d'un "
        "seul tenant."
    )


def access_figure(facts: Facts, sheet: BasinSheet) -> Figure | None:
    """Return the figure of distances by mode; those without threshold or unknown stand in the table only."""
    limits = thresholds_km()
    drawn = [one for one in sheet.access if one.km is not None and one.kind in limits]
    return Figure(
        table=access_table(sheet, limits),
        subtitle=_(
            "Distance moyenne des habitants au plus proche. Bande foncée : pleinement utile ; bande claire : utile en "
            "partie ; au-delà : sans effet dans le score. %(key)s"
        )
        % {"key": key_sentence(sheet, _("Point"))}
        if drawn
        else "",
        chart=partial(_drawing, sheet, drawn, limits) if drawn else None,
    )


def _drawing(sheet: BasinSheet, drawn: list[AccessKm], limits: dict[str, tuple[float, float]]) -> dict[str, object]:
    rows = [basin_charts.Reach(row_label(one, *limits[one.kind]), *limits[one.kind], one.km or 0.0) for one in drawn]
    others = beside(sheet, [one.references_km for one in drawn])
    return basin_charts.reaches(rows, others, name=sheet.zone.name)


def row_label(one: AccessKm, full_km: float, none_km: float) -> str:
    """Return a kind of node with its distance and what it is worth."""
    km = one.km or 0.0
    worth = _("pleinement utile") if km <= full_km else _("utile en partie") if km < none_km else _("trop loin")
    where = f" ({one.nearest})" if one.nearest else ""
    return titled(f"{capitalised(one.label)}{where}", f"{with_unit(number(km, 1), 'km')}, {worth}")


def access_table(sheet: BasinSheet, limits: dict[str, tuple[float, float]]) -> Table:
    km = [Column(one.name, unit="km", decimals=1, is_french=True) for one in sheet.territories]
    columns = [
        Column(_("Nœud")),
        Column(sheet.zone.name, unit="km", decimals=1),
        *km,
        Column(_("Pleinement utile jusqu'à"), unit="km", decimals=0),
        Column(_("Sans effet au-delà de"), unit="km", decimals=0),
        Column(_("Le plus proche du centre"), is_french=True),
        Column(_("Statut"), is_status=True),
    ]
    rows: list[list[Cell]] = [
        [
            capitalised(one.label),
            one.km,
            *one.references_km,
            *(limits.get(one.kind, (None, None))),
            one.nearest or None,
            one.status,
        ]
        for one in sheet.access
    ]
    slugs = sources_of(one.kind for one in sheet.access)
    return Table("access", access_sentence(sheet, limits), columns, rows, sources=slugs)


def access_sentence(sheet: BasinSheet, limits: dict[str, tuple[float, float]]) -> str:
    """Return which networks are fully useful, in part, or too far."""
    known = [one for one in sheet.access if one.km is not None and one.kind in limits]
    full = [one.label for one in known if (one.km or 0) <= limits[one.kind][0]]
    far = [one.label for one in known if (one.km or 0) >= limits[one.kind][1]]
    parts = []
    if full:
        parts.append(_("pleinement utiles : %(labels)s") % {"labels": listed(full)})
    if far:
        parts.append(_("trop loin : %(labels)s") % {"labels": listed(far)})
    partly = len(known) - len(full) - len(far)
    if partly:
        parts.append(
            _("%(count)s autres utiles en partie") % {"count": partly} if partly > 1 else _("un autre utile en partie")
        )
    if not parts:
        return _("Aucun réseau de marchandises n'a ici de distance connue")
    return capitalised(apart(parts))
