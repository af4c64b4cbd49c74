"""How far each lever can be pushed in one basin, what values that gives, and the points it brings."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from django.utils.translation import gettext as _

from measures.quotient import log_quotient
from scoring.candidate_sites import candidate_count
from scoring.cells import FloatArray
from scoring.criteria import MEASURES
from scoring.criteria.skills import needed_families
from scoring.definitions import Criterion
from scoring.levers import Lever
from scoring.numbers import number
from scoring.ranking import Ranking
from scoring.what_if import positions, values_with_margins

MOST_STEPS = 24
# Steps that a reader finds round, when the first would make too many.
ROUND_STEPS = (1, 2, 4, 5, 10, 20, 40, 50, 100)
# A site of this area is twice as hard to make ready as a tiny one.
HECTARES_DOUBLING_EFFORT = 10.0
LEAST_GAIN = 1e-9
Values = dict[str, FloatArray]
# Values written in an address keep this many decimals, rounded to the favourable side.
WRITTEN_DECIMALS = 4


@dataclass(frozen=True, eq=False)
class Reach:
    """A lever in a basin: at each of m amounts (in its unit, 0 first), the values it gives and the points it brings.

    `unit_effort` is the effort of one unit before any edit, `factor` what the size of the project makes of it.
    """

    lever: Lever
    amounts: FloatArray
    values: Values
    gains: FloatArray
    factor: float

    def efforts(self, unit_effort: float) -> FloatArray:
        """Return the effort (m,) of each amount when one unit costs `unit_effort`, the project being small."""
        return self.amounts * unit_effort * self.factor


@dataclass(frozen=True)
class Blocked:
    """A lever that cannot be pushed here, and why."""

    lever: Lever
    why: str


@dataclass(frozen=True)
class Extent:
    """The most units that a lever can be pushed here, and the values (m,) of what it moves for amounts (m,)."""

    most: float
    values: Callable[[FloatArray], Values]
    factor: float = 1.0


def reach(ranking: Ranking, index: int, lever: Lever) -> Reach | Blocked:
    """Return how far a lever goes in a zone, in at most 24 even steps."""
    column = [one.id for one in ranking.used].index(lever.id)
    measured = ranking.cells[column].measured
    if np.isnan(measured.value[index]):
        return Blocked(
            lever,
            _(
                "La valeur d'aujourd'hui n'est pas connue : la relever ferait bouger le score, "
                "dans un sens ou dans l'autre."
            ),
        )
    extent = EXTENTS[lever.id](ranking, index, lever)
    if isinstance(extent, str):
        return Blocked(lever, extent)
    amounts = steps_up_to(extent.most, lever.step)
    used = {c.id: c for c in ranking.used}
    values = {key: written(used[key], one) for key, one in extent.values(amounts).items() if key in used}
    gains: FloatArray = np.sum([points(ranking, index, key, one) for key, one in values.items()], axis=0)
    if gains.max() <= LEAST_GAIN:
        return Blocked(
            lever, _("Il n'y a rien à y gagner : la note est déjà au bout de l'échelle, ou le poids est nul.")
        )
    return Reach(lever, amounts, values, gains, extent.factor)


def steps_up_to(most: float, step: float) -> FloatArray:
    """Return 0, then even amounts up to `most`: multiples of the step, of a round number of steps beyond 24."""
    fits = max(0, int(np.floor(most / step + 1e-9)))
    rounder = next((one for one in ROUND_STEPS if fits // one <= MOST_STEPS), ROUND_STEPS[-1])
    return np.arange(fits // rounder + 1, dtype=np.float64) * (step * rounder)


def written(one: Criterion, values: FloatArray) -> FloatArray:
    """Return values (m,) short enough for an address, rounded to the favourable side; the first, today's, is kept.

    Gains are read on what is written: applied as told, the changes bring what was promised.
    """
    unit = 10.0**WRITTEN_DECIMALS
    rounded = (np.floor if one.direction == "less" else np.ceil)(np.round(values * unit, 6)) / unit
    return np.concatenate([values[:1], rounded[1:]])


def points(ranking: Ranking, index: int, criterion_id: str, values: FloatArray) -> FloatArray:
    """Return the points (m,) that values (m,) of a criterion bring above the first one, margins kept."""
    column = [one.id for one in ranking.used].index(criterion_id)
    one, measured = ranking.used[column], ranking.cells[column].measured
    low, high = positions(ranking, column, values_with_margins(one, measured, index, values, keeps_margins=True))
    notes = (low + high) / 2
    gained: FloatArray = 100 * float(ranking.weights[column]) * (notes - notes[0])
    return gained


def _today(ranking: Ranking, index: int, criterion_id: str) -> float:
    column = [one.id for one in ranking.used].index(criterion_id)
    return float(ranking.cells[column].measured.value[index])


def _told(ranking: Ranking, criterion_id: str, name: str) -> FloatArray:
    column = [one.id for one in ranking.used].index(criterion_id)
    told: FloatArray = ranking.cells[column].measured.facts[name]
    return told


def _parameter(ranking: Ranking, criterion_id: str, name: str) -> float:
    value: float = next(one for one in ranking.used if one.id == criterion_id).parameters[name]
    return value


def training(ranking: Ranking, index: int, lever: Lever) -> Extent | str:
    """People trained in the pools that are not full yet, so that each adds 1 / posts up to the cap."""
    today, cap = _today(ranking, index, lever.id), _parameter(ranking, lever.id, "cap")
    jobs = ranking.profile.jobs
    return Extent(
        lever.most_units(today * jobs, posts=jobs),
        lambda people: {lever.id: np.maximum(today, np.minimum(today + people / jobs, cap))},
    )


def trades(ranking: Ranking, index: int, lever: Lever) -> Extent | str:
    """People in the needed families, in the proportions of the profile: both criteria are measured again."""
    facts, profile = ranking.facts, ranking.profile
    shares, columns = needed_families(facts, profile)

    def values(people: FloatArray) -> Values:
        found: dict[str, list[float]] = {key: [] for key in lever.criteria}
        for one in people:
            jobs = facts.occupations.jobs.copy()
            jobs[index, columns] += one * shares
            then = replace(facts, occupations=replace(facts.occupations, jobs=jobs))
            for key in lever.criteria:
                measured = MEASURES[key](then, profile, _parameters(ranking, key))
                found[key].append(float(measured.value[index]))
        return {key: np.array(column) for key, column in found.items()}

    return Extent(lever.most_units(float(_told(ranking, lever.id, "jobs")[index]), posts=profile.jobs), values)


def _parameters(ranking: Ranking, criterion_id: str) -> dict[str, float]:
    return next((dict(one.parameters) for one in ranking.used if one.id == criterion_id), {})


def branch(ranking: Ranking, index: int, lever: Lever) -> Extent | str:
    """Jobs of the branch, which are also jobs of the zone: what is expected grows with its total."""
    jobs, expected = (float(_told(ranking, lever.id, name)[index]) for name in ("jobs", "expected"))
    total, shrink = float(ranking.facts.private_total[index]), _parameter(ranking, lever.id, "shrink")

    def values(more: FloatArray) -> Values:
        return {lever.id: np.exp(log_quotient(jobs + more, expected * (1 + more / total), shrink=shrink))}

    return Extent(lever.most_units(jobs, posts=ranking.profile.jobs), values)


def sites(ranking: Ranking, index: int, lever: Lever) -> Extent | str:
    """Brownfields of the needed size that do not count yet: no more of them than are known within the radius."""
    hectares, today = ranking.profile.hectares, _today(ranking, index, lever.id)
    radius_km = _parameter(ranking, lever.id, "radius_km")
    candidates = candidate_count(ranking.facts, index, hectares=hectares, radius_km=radius_km)
    if not candidates:
        return _(
            "Aucune friche connue d'au moins %(hectares)s ha, sans projet, hors zone d'habitat, n'attend d'être "
            "remise en état à moins de %(km)s km. Un terrain que vous connaissez s'essaie en changeant la valeur."
        ) % {"hectares": number(hectares, 1), "km": number(radius_km, 0)}
    return Extent(
        min(lever.most, candidates), lambda more: {lever.id: today + more}, 1 + hectares / HECTARES_DOUBLING_EFFORT
    )


def parks(ranking: Ranking, index: int, lever: Lever) -> Extent | str:
    """One more park that offers the needed surface."""
    today = _today(ranking, index, lever.id)
    factor = 1 + ranking.profile.hectares / HECTARES_DOUBLING_EFFORT
    return Extent(lever.most, lambda more: {lever.id: today + more}, factor)


def power(ranking: Ranking, index: int, lever: Lever) -> Extent | str:
    """Kilometres of grid, down to the distance that is worth everything."""
    today, column = _today(ranking, index, lever.id), [one.id for one in ranking.used].index(lever.id)
    nearest = ranking.used[column].bounds[0]
    return Extent(
        min(lever.most, float(np.ceil(today - nearest))),
        lambda km: {lever.id: np.maximum(today - km, min(today, nearest))},
    )


def housing(ranking: Ranking, index: int, lever: Lever) -> Extent | str:
    """Long vacancy brought down to the top of its ideal range; rents stay."""
    facts, profile, parameters = ranking.facts, ranking.profile, _parameters(ranking, lever.id)
    vacancy, status = facts.values["living.long_vacancy_pct"]
    ideal = parameters["vacancy_ideal_pct"][1]  # type: ignore[index]
    if not vacancy[index] > ideal:
        return _("La vacance longue ne dépasse pas %(ideal)s %% : la remise en location n'y changerait rien.") % {
            "ideal": number(ideal, 0)
        }

    def values(less: FloatArray) -> Values:
        marks = []
        for one in less:
            then = vacancy.copy()
            then[index] -= one
            replaced = replace(facts, values=facts.values | {"living.long_vacancy_pct": (then, status)})
            marks.append(float(MEASURES[lever.id](replaced, profile, parameters).value[index]))
        return {lever.id: np.array(marks)}

    return Extent(min(lever.most, float(vacancy[index] - ideal)), values)


def care(ranking: Ranking, index: int, lever: Lever) -> Extent | str:
    """General practitioners, for the population there is."""
    today, population = _today(ranking, index, lever.id), ranking.facts.zones[index].population
    return Extent(
        float(np.floor(lever.most_units(today * population / 10_000, posts=ranking.profile.jobs))),
        lambda more: {lever.id: today + more * 10_000 / population},
    )


EXTENTS: dict[str, Callable[[Ranking, int, Lever], Extent | str]] = {
    "skills.training": training,
    "skills.quotient": trades,
    "fabric.specialisation": branch,
    "land.sites": sites,
    "land.parks": parks,
    "land.power": power,
    "living.housing": housing,
    "living.care": care,
}
