"""The finer bench: entries of sub-classes in basins, from a file of jobs by commune and sub-class over many years."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from measures.relatedness import densities, proximity
from measures.validation import Interval, hit_rate
from scoring.activity_profile import build_profile
from scoring.cells import FloatArray
from scoring.criteria import MEASURES
from scoring.criteria.land import needs_grid
from scoring.definitions import loaded_criteria
from scoring.fabric_tables import SubclassTable
from scoring.facts import Facts
from scoring.fine_grain import covered_share
from scoring.nomenclature import Node
from scoring.normalising import normalise
from scoring.validation.dated import Past, facts_at
from scoring.validation.groups import DATED
from scoring.validation.judging import DRAWS, METRICS, Judge, ratio, with_interval
from scoring.validation.learned import one_model
from scoring.validation.masked import Masked, score_of, weights_of, zone_folds
from scoring.validation.targets import quotients

Flags = npt.NDArray[np.bool_]

# Years of start: a window is judged five years later. The first is for choices, the last for the report.
WINDOWS = (2009, 2014, 2018)
SPAN = 5
RISK_QUOTIENT, RISK_JOBS = 0.5, 10.0
ENTRY_QUOTIENT, ENTRY_JOBS = 1.0, 20.0
FIRST_CELLS = 1_000
# What the score may read at the start: its dated criteria, and the activity's own jobs, which the file dates.
SCORED = (*DATED, "fabric.specialisation", "dynamics.local")
BASELINES = ("random", "total_jobs", "industrial_jobs", "own_quotient", "siblings", "co_location")


class SectorRow(Protocol):
    """A commune and sub-class with its establishments and jobs over the years, None where hidden."""

    @property
    def insee_code(self) -> str: ...
    @property
    def naf_code(self) -> str: ...
    @property
    def years(self) -> list[int]: ...
    @property
    def establishment_counts(self) -> list[int | None]: ...
    @property
    def jobs(self) -> list[int | None]: ...


@dataclass(frozen=True, eq=False)
class FineTable:
    """Jobs by year, zone and sub-class (y, n, m), NaN where a part is hidden; `unplaced` rows have no zone or code."""

    years: tuple[int, ...]
    naf_codes: tuple[str, ...]
    jobs: FloatArray
    unplaced: int

    def at(self, year: int) -> FloatArray:
        """Return the jobs (n, m) of a year; raises ValueError when the file lacks it."""
        if year not in self.years:
            raise ValueError(f"le fichier ne contient pas les emplois de {year}.")
        return self.jobs[self.years.index(year)]


@dataclass(frozen=True, eq=False)
class Window:
    """Cells at risk (n, m) at the start of a window, and those entered at its end, over manufacturing sub-classes."""

    start: int
    naf_codes: tuple[str, ...]
    at_risk: Flags
    entered: Flags


@dataclass(frozen=True)
class WindowResults:
    """Figures of a window: counts, metrics by score, precision of the first thousand cells, ratios to the best."""

    start: int
    counts: dict[str, int]
    scores: dict[str, dict[str, Interval]]
    first_cells: dict[str, Interval]
    best: dict[str, str]
    ratios: dict[str, dict[str, Interval]]


def fine_table(rows: Iterable[SectorRow], zone_of: Mapping[str, int], naf_codes: Iterable[str]) -> FineTable:
    """Return the rows summed by zone, `zone_of` giving the position of a commune's zone.

    A hidden number (no jobs told, establishments hidden too or above zero) makes its sum unknown.
    """
    codes = tuple(naf_codes)
    place = {code: column for column, code in enumerate(codes)}
    years: tuple[int, ...] = ()
    jobs, unplaced = np.zeros((0, 0, 0)), 0
    for row in rows:
        if not years:
            years = tuple(row.years)
            jobs = np.zeros((len(years), max(zone_of.values()) + 1, len(codes)))
        if row.insee_code not in zone_of or row.naf_code not in place:
            unplaced += 1
            continue
        told = [
            (0.0 if plants == 0 else np.nan) if number is None else float(number)
            for number, plants in zip(row.jobs, row.establishment_counts, strict=True)
        ]
        jobs[:, zone_of[row.insee_code], place[row.naf_code]] += told
    if not years:
        raise ValueError("le fichier ne contient aucune ligne.")
    return FineTable(years, codes, jobs, unplaced)


def window_of(table: FineTable, facts: Facts, start: int) -> Window:
    """Return the window of a year, over manufacturing.

    At risk: a quotient under 0.5 or fewer than 10 jobs, the year before and the year itself. Entered: a quotient of 1
    and 20 jobs, four and five years after: lasting twice, it is no noise of a threshold. A cell hidden in any of the
    four years is not judged, nor a sub-class that nobody has in any.
    """
    made = set(facts.nomenclature.nodes["section:C"].subclasses)
    seen = np.any([np.nansum(table.at(start + shift), axis=0) > 0 for shift in (-1, 0, SPAN - 1, SPAN)], axis=0)
    columns = [column for column, code in enumerate(table.naf_codes) if code in made and seen[column]]
    early = [table.at(year) for year in (start - 1, start)]
    late = [table.at(year) for year in (start + SPAN - 1, start + SPAN)]
    is_known = ~np.isnan(np.array([*early, *late])).any(axis=0)[:, columns]
    at_risk = np.all([_is_low(jobs)[:, columns] for jobs in early], axis=0)
    entered = np.all([_is_high(jobs)[:, columns] for jobs in late], axis=0)
    return Window(start, tuple(table.naf_codes[i] for i in columns), at_risk & is_known, entered & at_risk & is_known)


def _is_low(jobs: FloatArray) -> Flags:
    # A sub-class that nobody has in the country has no quotient, and is at risk everywhere.
    return (np.nan_to_num(quotients(jobs)) < RISK_QUOTIENT) | (jobs < RISK_JOBS)


def _is_high(jobs: FloatArray) -> Flags:
    return (np.nan_to_num(quotients(jobs)) >= ENTRY_QUOTIENT) & (jobs >= ENTRY_JOBS)


def fine_facts(past: Past, table: FineTable, start: int) -> Facts:
    """Return the facts at the start of a window: jobs of branches and of sub-classes are those of the file."""
    nodes = past.facts.nomenclature.nodes
    first = max((year for year in table.years if year <= start - SPAN), default=table.years[0])
    by_branch = {year: np.full((len(past.facts.zones), len(past.codes)), np.nan) for year in (first, start)}
    for column, code in enumerate(past.codes):
        own = [i for i, naf in enumerate(table.naf_codes) if naf in nodes[f"a38:{code}"].subclasses]
        for year in by_branch:
            if own and table.at(year)[:, own].any():
                # Most hidden cells are of one plant: the rest of the branch is told.
                by_branch[year][:, column] = np.nansum(table.at(year)[:, own], axis=1)
    status = {year: np.where(np.isnan(jobs), "missing", "observed") for year, jobs in by_branch.items()}
    facts = facts_at(replace(past, jobs=by_branch, status=status), start, start_year=first)
    return replace(
        facts,
        subclass_jobs=SubclassTable(
            table.naf_codes, (first, start), table.at(first), table.at(start), np.ones(len(facts.zones), dtype=bool)
        ),
    )


def fine_score(facts: Facts, node: Node) -> FloatArray:
    """Return our score (n,) of a sub-class at the start of a window, on what was known then, default weights."""
    profile = build_profile(node, facts.nomenclature, None, covered_share=covered_share(facts, node))
    cells = {}
    for one in loaded_criteria(facts.data_sets):
        if one.id in SCORED:
            measured = MEASURES[one.id](facts, profile, one.parameters)
            if (measured.status != "missing").any():
                cells[one.id] = normalise(one, measured, normalisation="bounds")
    used = tuple(one for one in loaded_criteria(facts.data_sets) if one.id in cells)
    masked = Masked(node.a38[0], used, cells, needs_grid(profile))
    return score_of(masked, weights_of(masked, SCORED, facts.data_sets))


def fine_scores(past: Past, table: FineTable, window: Window, seed: int) -> dict[str, FloatArray]:
    """Return the scores (n, m) of our score and of each baseline, made of numbers of the start of the window."""
    facts = fine_facts(past, table, window.start)
    jobs = np.nan_to_num(table.at(window.start))
    quotient = np.nan_to_num(quotients(jobs))
    columns = [table.naf_codes.index(code) for code in window.naf_codes]
    own = jobs[:, columns]
    near = proximity(quotient >= 1)
    np.fill_diagonal(near, 0.0)
    related = densities((quotient >= 1).astype(float), near)[:, columns]
    nodes = [facts.nomenclature.nodes[f"subclass:{code}"] for code in window.naf_codes]
    return {
        "score": np.column_stack([fine_score(facts, node) for node in nodes]),
        "random": np.random.default_rng(seed).random(own.shape),
        "total_jobs": jobs.sum(axis=1, keepdims=True) - own,
        "industrial_jobs": own.sum(axis=1, keepdims=True) - own,
        "own_quotient": quotient[:, columns],
        "siblings": _siblings(jobs, table.naf_codes, window.naf_codes),
        "co_location": np.nan_to_num(related),
    }


def _siblings(jobs: FloatArray, naf_codes: tuple[str, ...], asked: tuple[str, ...]) -> FloatArray:
    """Quotient (n, m) of the rest of each sub-class's division."""
    total = jobs.sum(axis=1)
    found = []
    for code in asked:
        others = [i for i, other in enumerate(naf_codes) if other[:2] == code[:2] and other != code]
        mass = jobs[:, others].sum(axis=1)
        found.append(np.nan_to_num(quotients(np.column_stack([mass, total - mass]))[:, 0]))
    return np.column_stack(found)


def judge_window(past: Past, table: FineTable, start: int, *, seed: int, draws: int = DRAWS) -> WindowResults:
    """Return every figure of a window; raises ValueError when the file lacks a year or nothing entered."""
    window = window_of(table, past.facts, start)
    if not window.entered.any():
        raise ValueError(f"aucune entrée entre {start} et {start + SPAN} : rien à juger.")
    judge = Judge.of(window.entered, window.at_risk, seed=seed, draws=draws)
    tables = fine_scores(past, table, window, seed)
    folds = zone_folds(len(past.facts.zones), seed)
    read = [np.column_stack([one[:, column] for one in tables.values()]) for column in range(len(window.naf_codes))]
    tables["trees"] = one_model(read, window.entered, window.at_risk, folds, _trees)
    measured = {name: judge.measure(one) for name, one in tables.items()}
    best = {metric: max(BASELINES, key=lambda name: float(measured[name][metric][0])) for metric in METRICS}
    cells = (judge.zones[:, :, None] * judge.activities[:, None, :])[:, window.at_risk]
    labels = window.entered[window.at_risk]
    return WindowResults(
        start=start,
        counts={"at_risk": int(window.at_risk.sum()), "entered": int(window.entered.sum())},
        scores={name: {key: with_interval(one) for key, one in found.items()} for name, found in measured.items()},
        first_cells={
            name: with_interval(hit_rate(labels, one[window.at_risk], cells, first=FIRST_CELLS))
            for name, one in tables.items()
        },
        best=best,
        ratios={
            name: {metric: ratio(measured[name][metric], measured[best[metric]][metric]) for metric in METRICS}
            for name in ("score", "trees")
        },
    )


def _trees() -> object:
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(max_iter=80, learning_rate=0.08, max_leaf_nodes=8, random_state=0)
