"""Worked examples of the criteria on land, networks and markets."""

import math
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from explorer.method.tex import about, equals, frac, num, times
from explorer.method.worked import Case, Example, Method, Step, largest, others_label, sum_of
from explorer.tables import Cell, Column, Table
from explorer.wording import mode_label, number
from scoring.definitions import Criterion


def sites(case: Case, one: Criterion) -> Example:
    """Count the usable sites near the basin, one by one."""
    return _counted(case.facts.site_distance_km[case.index].tolist(), case.facts.site_ha.tolist(), case, one)


def parks(case: Case, one: Criterion) -> Example:
    """Count the usable parks near the basin, one by one."""
    return _counted(case.facts.park_distance_km[case.index].tolist(), case.facts.park_ha.tolist(), case, one)


def _counted(distances: Sequence[float], surfaces: Sequence[float], case: Case, one: Criterion) -> Example:
    near = [ha for km, ha in zip(distances, surfaces, strict=True) if km <= one.parameters["radius_km"]]
    large = [ha for ha in near if ha >= case.profile.hectares]
    words = {"near": len(near), "km": number(one.parameters["radius_km"], 0), "ha": number(case.profile.hectares, 2)}
    said = _("Parmi %(near)s retenus à moins de %(km)s km, ceux de %(ha)s ha ou plus") % words
    worth = -math.expm1(-len(large) / one.parameters["scale"])
    steps = [
        Step(said, equals("n", num(len(large)))),
        Step(
            _("Ce que vaut ce nombre"),
            about(rf"1 - e^{{-{num(len(large))} / {num(one.parameters['scale'])}}}", worth, 3),
        ),
    ]
    return Example(float(len(large)), steps)


def power(case: Case, one: Criterion) -> Example:
    """Read the distance to 225 kV, and what it is worth."""
    km = float(case.facts.access.distances("grid_225")[case.index])
    low, high = one.bounds
    worth = min(max((high - km) / (high - low), 0.0), 1.0)
    tex = frac(f"{num(high)} - {num(km, 1)}", f"{num(high)} - {num(low)}")
    steps = [
        Step(_("Distance mesurée"), equals("d", rf"{num(km, 1)} \, {_km()}")),
        Step(_("Ce qu'elle vaut, tenu entre 0 et 1"), rf"{tex} \to {num(worth, 3)}"),
    ]
    return Example(km, steps)


def _km() -> str:
    return r"\text{km}"


def modes(case: Case, one: Criterion) -> Example:
    """Work out the utility of each network, weighted by the modes of the activity."""
    access, said = case.facts.access, one.parameters
    low, high, rows = 0.0, 0.0, []
    for mode, share in sorted(case.profile.modes.items(), key=lambda pair: -pair[1]):
        kinds = said["modes"][mode]
        for kind in kinds if share > 0 else ():
            full, none = said["thresholds_km"][kind]
            column = access.kinds.index(kind)
            km = float(access.km[case.index, column])
            is_open = str(access.status[case.index, column]) == "missing"
            worth = 0.0 if math.isnan(km) else min(max((none - km) / (none - full), 0.0), 1.0)
            low += share / len(kinds) * worth
            high += share / len(kinds) * (1.0 if is_open else worth)
            distance = None if math.isnan(km) else km
            rows.append(
                (
                    kind_label(kind),
                    mode_label(mode),
                    100 * share / len(kinds),
                    distance,
                    full,
                    none,
                    None if is_open else worth,
                )
            )
    value = 100 * (low + high) / 2
    terms = [times(num(float(row[2] or 0), 1), num(float(row[6] or 0), 3)) for row in rows if row[6]]
    steps = _first_mode(rows)
    steps.append(
        Step(
            _("Somme sur les réseaux, en %"),
            about(equals("u", sum_of(terms[:4], len(terms)) if terms else "0"), 100 * low, 2),
        )
    )
    if high > low:
        middle = frac(f"{num(100 * low, 2)} + {num(100 * high, 2)}", "2")
        steps.append(Step(_("Un réseau inconnu vaut de 0 à 1 : valeur au milieu"), about(middle, value, 2)))
    return Example(value, steps, _modes_table(rows))


def _first_mode(rows: Sequence[Sequence[Cell]]) -> list[Step]:
    """Return how the first network neither near nor far is worth what it is, if there is one."""
    for label, _mode, _share, km, full, none, worth in rows:
        if isinstance(worth, float) and 0 < worth < 1 and isinstance(km, float):
            tex = frac(f"{num(float(none or 0))} - {num(km, 1)}", f"{num(float(none or 0))} - {num(float(full or 0))}")
            return [Step(_("Utilité : %(label)s") % {"label": label}, about(tex, worth, 3))]
    return []


def _modes_table(rows: Sequence[Sequence[Cell]]) -> Table:
    columns = (
        Column(_("Réseau")),
        Column(_("Mode")),
        Column(_("Part"), "%", 1),
        Column(_("Distance"), "km", 1),
        Column(_("Utile jusqu'à"), "km", 0),
        Column(_("Inutile dès"), "km", 0),
        Column(_("Utilité"), "", 3),
    )
    return Table("", _("Les réseaux que l'activité emprunte"), columns, rows)


def kind_label(kind: str) -> str:
    """Return the name of a kind of node."""
    return {
        "motorway": _("autoroute ou voie express"),
        "siding": _("installation terminale embranchée"),
        "combined_terminal": _("terminal de transport combiné"),
        "seaport": _("port maritime"),
        "inland_port": _("port fluvial"),
        "airport": _("aéroport à lignes régulières"),
    }[kind]


def market(case: Case, one: Criterion) -> Example:
    """Add up the industrial jobs around, each worth less with distance."""
    jobs, decay = case.facts.industrial_jobs.tolist(), one.parameters["decay_km"]
    rows = []
    for zone, count, km in zip(case.facts.zones, jobs, case.facts.distance_km[case.index].tolist(), strict=True):
        if not math.isnan(count):
            rows.append((count * math.exp(-km / decay), (zone.name, count, km, math.exp(-km / decay))))
    shown, others = largest(rows)
    value = math.fsum(part for part, _row in rows)
    terms = [times(num(count), num(worth, 3)) for _name, count, _km, worth in shown[:3]]
    columns = (
        Column(_("Bassin"), is_french=True),
        Column(_("Emplois industriels"), "", 0),
        Column(_("Distance"), "km", 1),
        Column("exp(−d / 75)", "", 3),
        Column(_("Compté pour"), "", 0),
    )
    lines: list[Sequence[Cell]] = [(*row, row[1] * row[3]) for row in shown]
    lines.append((others_label(len(others)), None, None, None, math.fsum(row[1] * row[3] for row in others)))
    steps = [Step(_("Somme sur tous les bassins"), about(equals("M", sum_of(terms, len(rows))), value, 0))]
    return Example(value, steps, Table("", _("Les bassins qui comptent le plus"), columns, lines))


def _sites_symbols() -> Mapping[str, str]:
    return {
        "n": _(
            "friches vérifiées et utilisables d'au moins la surface du projet, à moins de 40 km du centre du bassin"
        ),
        "u": _("ce que vaut ce nombre : les premières comptent, la centième non"),
    }


def _parks_symbols() -> Mapping[str, str]:
    return {
        "n": _("parcs d'activité qui offrent la surface du projet, à moins de 40 km du centre du bassin"),
        "u": _("ce que vaut ce nombre : les premiers comptent, le centième non"),
    }


def _power_symbols() -> Mapping[str, str]:
    return {
        "d": _("kilomètres des habitants au poste de 225 kV le plus proche, à vol d'oiseau"),
        "u": _("ce que vaut cette distance, tenu entre 0 et 1"),
    }


def _modes_symbols() -> Mapping[str, str]:
    return {
        "s_m": _(
            "part du mode dans les transports de l'activité ; partagée également entre les réseaux d'un même mode"
        ),
        "d_m": _("distance à vol d'oiseau au nœud le plus proche"),
        "a_m, b_m": _("seuils : utile jusqu'à a, inutile dès b ; l'utilité est tenue entre 0 et 1"),
    }


def _market_symbols() -> Mapping[str, str]:
    return {
        "I_j": _("emplois industriels du bassin j, le bassin lui-même compris"),
        "d_j": _("distance à vol d'oiseau entre les centres, en km"),
    }


SATURATION = r"u = 1 - e^{-n / 3}"

METHODS = {
    "land.sites": Method(SATURATION, _sites_symbols, sites),
    "land.parks": Method(SATURATION, _parks_symbols, parks),
    "land.power": Method(equals("u", frac("30 - d", "30 - 5")), _power_symbols, power),
    "access.modes": Method(r"u = 100 \sum_{m} s_m " + frac("b_m - d_m", "b_m - a_m"), _modes_symbols, modes),
    "access.market": Method(r"M = \sum_{j} I_j \, e^{-d_j / 75}", _market_symbols, market),
}
