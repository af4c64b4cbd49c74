"""From a value in its own unit to a mark between 0 and 1: bounds, logarithm, saturation, direction."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from explorer.method.tex import about, equals, frac, ln, num, signed
from explorer.method.worked import Case, Checked, Example, Step, Topic, known_columns
from explorer.tables import Cell, Column, Table, signed_by
from scoring.definitions import Criterion


class Scaled(NamedTuple):
    """A criterion at a basin on its own scale: value and its low and high, and the two bounds."""

    value: float
    low: float
    high: float
    floor: float
    ceiling: float


def on_scale(one: Criterion, value: float) -> float:
    """Return a value as it is placed between the bounds: its logarithm, its saturated count, or itself."""
    if one.scale == "log":
        return math.log(max(value, 1e-9))
    return -math.expm1(-value / one.parameters["scale"]) if one.scale == "saturating" else value


def quantile(ordered: Sequence[float], share: float) -> float:
    """Return a quantile of values in increasing order, by linear interpolation."""
    position = share * (len(ordered) - 1)
    below = math.floor(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)


def ends(case: Case, column: int) -> tuple[float, float]:
    """Return the two bounds of a criterion on its scale, counted again over all basins."""
    one, cells = case.ranking.used[column], case.ranking.cells[column]
    low, high = one.bounds
    if one.bounds_rule == "fixed":
        return (math.log(low), math.log(high)) if one.scale == "log" else (low, high)
    known = sorted(on_scale(one, value) for value in cells.measured.value.tolist() if not math.isnan(value))
    floor, ceiling = quantile(known, low), quantile(known, high)
    return (floor, ceiling) if floor < ceiling else (known[0], known[-1])


def scaled(case: Case, column: int) -> Scaled:
    """Return a criterion known at the basin, on its scale."""
    one, measured = case.ranking.used[column], case.ranking.cells[column].measured
    values = (float(part[case.index]) for part in (measured.value, measured.low, measured.high))
    return Scaled(*(on_scale(one, value) for value in values), *ends(case, column))


def position(one: Criterion, value: float, floor: float, ceiling: float) -> float:
    """Return where a value on its scale stands between the bounds, 1 at the favourable end."""
    if not floor < ceiling:
        return 0.5
    share = min(max((value - floor) / (ceiling - floor), 0.0), 1.0)
    return 1 - share if one.direction == "less" else share


def in_unit(one: Criterion, end: float) -> float | None:
    """Return a bound in the unit of the criterion; None for what no count reaches."""
    if one.scale == "log":
        return math.exp(end)
    if one.scale == "saturating":
        return None if end >= 1 else one.parameters["scale"] * math.log(1 / (1 - end))
    return end


def examples(case: Case) -> Sequence[Checked]:
    """Work out the mark of the criterion that brings most points here."""
    columns = known_columns(case)
    if not columns:
        return ()
    column = columns[0]
    one, place = case.ranking.used[column], scaled(case, column)
    low, high = sorted(position(one, end, place.floor, place.ceiling) for end in (place.low, place.high))
    mark = (low + high) / 2
    steps = [*_scale_steps(one, case, place), *_position_steps(one, place, low, high)]
    label = _("Note du critère « %(label)s »") % {"label": one.label}
    example = Example(mark, steps, bounds_table(case), _("Une valeur au-delà d'une borne vaut 0 ou 1."))
    return [Checked(label, example, float(case.ranking.cells[column].normalised[case.index]), 3)]


def _scale_steps(one: Criterion, case: Case, place: Scaled) -> list[Step]:
    measured = next(cells for cells, used in zip(case.ranking.cells, case.ranking.used, strict=True) if used is one)
    value = float(measured.measured.value[case.index])
    if one.scale == "log":
        return [Step(_("La valeur, en logarithme"), about(equals("x", ln(num(value, 3))), place.value, 4))]
    if one.scale == "saturating":
        scale = num(one.parameters["scale"])
        return [Step(_("La valeur, saturée"), about(rf"x = 1 - e^{{-{num(value)} / {scale}}}", place.value, 4))]
    return [Step(_("La valeur, telle quelle"), equals("x", num(value, 3)))]


def _position_steps(one: Criterion, place: Scaled, low: float, high: float) -> list[Step]:
    bottom, top = (place.ceiling, place.floor) if one.direction == "less" else (place.floor, place.ceiling)
    width = f"{num(top, 4)} - {signed(bottom, 4)}"
    said = {
        _("Position de la valeur basse"): (place.high if one.direction == "less" else place.low, low),
        _("Position de la valeur haute"): (place.low if one.direction == "less" else place.high, high),
    }
    if place.low == place.high:
        said = {_("Position entre les deux bornes, tenue entre 0 et 1"): (place.value, low)}
    steps = [
        Step(label, rf"{frac(f'{num(value, 4)} - {signed(bottom, 4)}', width)} \to {num(mark, 4)}")
        for label, (value, mark) in said.items()
    ]
    if place.low != place.high:
        middle = about(equals("n", frac(f"{num(low, 4)} + {num(high, 4)}", "2")), (low + high) / 2, 3)
        steps.append(Step(_("Note : le milieu des deux"), middle))
    return steps


def bounds_table(case: Case) -> Table:
    """Return the bounds of every criterion in use for the activity, and where the basin stands."""
    columns = (
        Column(_("Critère")),
        Column(_("Unité")),
        Column(_("Vaut 0 à"), "", 1),
        Column(_("Vaut 1 à"), "", 1),
        Column(_("Valeur ici"), "", 1),
        Column(_("Note ici"), "", 3),
    )
    rows: list[Sequence[Cell]] = []
    for column, (one, cells) in enumerate(zip(case.ranking.used, case.ranking.cells, strict=True)):
        floor, ceiling = (in_unit(one, end) for end in ends(case, column))
        worst, best = (ceiling, floor) if one.direction == "less" else (floor, ceiling)
        value = float(cells.measured.value[case.index])
        shown = (
            worst if worst is None else signed_by("observed", worst, one.decimals or 1),
            _("aucun nombre") if best is None else signed_by("observed", best, one.decimals or 1),
            None if math.isnan(value) else signed_by(str(cells.measured.status[case.index]), value, one.decimals),
        )
        rows.append((str(one.label), str(one.unit), *shown, float(cells.normalised[case.index])))
    return Table("bornes", _("Les bornes de chaque critère pour cette activité"), columns, rows)


def _title() -> str:
    return _("De la valeur à la note")


def _symbols() -> Mapping[str, str]:
    return {
        "x": _("valeur, ou son logarithme, ou son nombre saturé"),
        "b, h": _("bornes : ce qui vaut 0, ce qui vaut 1"),
        "n": _("note, tenue entre 0 et 1"),
        r"n^{-}, n^{+}": _("notes des deux bouts de la marge d'une valeur estimée"),
    }


TOPIC = Topic(
    "notes",
    _title,
    "explorer/_method_marks.html",
    (
        r"n = \min\left(\max\left(\frac{x - b}{h - b} \,;\, 0\right) \,;\, 1\right)",
        r"n = \frac{n^{-} + n^{+}}{2}",
    ),
    _symbols,
    examples,
)
