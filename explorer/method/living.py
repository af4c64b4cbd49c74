"""Worked examples of living conditions, and of the figures that are read as they are published."""

import math
from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from explorer.method.tex import about, equals, frac, num
from explorer.method.worked import Case, Example, Method, Step
from explorer.wording import number
from scoring.definitions import Criterion

# A mark that nobody knows stands in the middle of its bounds.
MIDDLE = 50.0


def housing(case: Case, one: Criterion) -> Example:
    """Work out the two marks of housing, an unknown one left open between 0 and 100."""
    vacancy, rent = (float(case.told(one.id, name)) for name in ("vacancy", "rent"))
    marks = [MIDDLE if math.isnan(vacancy) else vacancy_mark(vacancy, one)]
    marks.append(MIDDLE if math.isnan(rent) else rent_mark(rent, one))
    steps = [] if math.isnan(vacancy) else [_vacancy_step(vacancy, one)]
    if not math.isnan(rent):
        full, none = num(one.parameters["rent_full_eur"]), num(one.parameters["rent_none_eur"])
        tex = rf"100 \times {frac(f'{none} - {num(rent, 2)}', f'{none} - {full}')}"
        said = _("Loyer des maisons : %(value)s €/m², tenu entre 0 et 100") % {"value": number(rent, 2)}
        steps.append(Step(said, rf"l = {tex} \to {num(marks[1], 2)}"))
    value = math.fsum(marks) / 2
    middle = about(equals("h", frac(f"{num(marks[0], 2)} + {num(marks[1], 2)}", "2")), value, 2)
    steps.append(Step(_("Moyenne des deux notes ; une note inconnue est au milieu"), middle))
    return Example(value, steps)


def vacancy_mark(vacancy: float, one: Criterion) -> float:
    """Return the mark (0-100) of long vacancy: best within its ideal range."""
    (low, high), (start, end) = one.parameters["vacancy_none_pct"], one.parameters["vacancy_ideal_pct"]
    climb, fall = (vacancy - low) / (start - low), (high - vacancy) / (high - end)
    return 100 * min(max(min(climb, fall), 0.0), 1.0)


def rent_mark(rent: float, one: Criterion) -> float:
    """Return the mark (0-100) of the rent of houses: less is better."""
    full, none = one.parameters["rent_full_eur"], one.parameters["rent_none_eur"]
    return 100 * min(max((none - rent) / (none - full), 0.0), 1.0)


def _vacancy_step(vacancy: float, one: Criterion) -> Step:
    (low, high), (start, end) = one.parameters["vacancy_none_pct"], one.parameters["vacancy_ideal_pct"]
    said = _("Vacance longue : %(value)s %% des logements") % {"value": number(vacancy, 2)}
    mark = vacancy_mark(vacancy, one)
    if start <= vacancy <= end:
        return Step(said, "v = 100")
    climbing = frac(f"{num(vacancy, 2)} - {num(low)}", f"{num(start)} - {num(low)}")
    falling = frac(f"{num(high)} - {num(vacancy, 2)}", f"{num(high)} - {num(end)}")
    return Step(said, rf"v = 100 \times {climbing if vacancy < start else falling} \to {num(mark, 2)}")


def read_from(indicator: str, decimals: int) -> Callable[[Case, Criterion], Example]:
    """Return the example of a criterion that is a published figure, read as it is."""

    def read(case: Case, one: Criterion) -> Example:
        value = float(case.facts.values[indicator][0][case.index])
        return Example(value, [Step(_("Valeur lue, sans calcul"), equals("x", num(value, decimals)))])

    return read


def _housing_symbols() -> Mapping[str, str]:
    return {
        "v": _("note de la vacance longue : 100 entre 6 et 8 %, 0 à 0 % et à 20 %, droite entre les deux"),
        "l": _("note du loyer des maisons : 100 jusqu'à 9 €/m², 0 à 18 €/m²"),
    }


def _read_symbols() -> Mapping[str, str]:
    return {"x": _("le chiffre du bassin, tel que l'édition le tient")}


def _care_symbols() -> Mapping[str, str]:
    own = {"M": _("médecins généralistes en exercice dans le bassin"), "P": _("population municipale")}
    return own | _read_symbols()


METHODS = {
    "living.housing": Method(equals("h", frac("v + l", "2")), _housing_symbols, housing),
    "living.care": Method(
        equals("x", rf"10000 \times {frac('M', 'P')}"),
        lambda: (
            {"M": _("médecins généralistes en exercice dans le bassin"), "P": _("population municipale")}
            | _read_symbols()
        ),
        read_from("living.gp_per_10000", 2),
    ),
    "living.migration": Method("x", _read_symbols, read_from("living.net_migration_pct", 3)),
    "dynamics.jobs": Method("x", _read_symbols, read_from("economy.jobs_growth_pct", 3)),
}
