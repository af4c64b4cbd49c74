"""The score a second time: plain loops over plain numbers, from the texts of the definitions, as slow as it looks.

Nothing here calls the code it checks: definitions and defaults are read from their TOML files, an unknown is None.
"""

import math
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from scoring.facts import Facts
from scoring.question import Question
from tests.scoring.slow_fabric import SlowFabric

SCORING = Path(__file__).parents[2] / "scoring"
PILLARS = ("skills", "fabric", "land", "access", "living", "dynamics")
MERGED = ("CA", "CB", "CC", "CG", "CH", "CL", "CM")
MODES = ("road", "rail", "sea", "inland", "air")

Number = float | None


@dataclass(frozen=True)
class Cell:
    """One criterion in one zone: the value, the least and the most it may be, and its status."""

    value: Number
    low: Number
    high: Number
    status: str


MISSING = Cell(None, None, None, "missing")


@dataclass(frozen=True)
class SlowRanking:
    """Scores by zone position; cells and weights by criterion."""

    score: list[float]
    low: list[float]
    high: list[float]
    coverage: list[float]
    weights: dict[str, float]
    normalised: dict[str, list[tuple[float, float]]]


def observed(value: Number) -> Cell:
    return MISSING if value is None else Cell(value, value, value, "observed")


def numbers(array: Any) -> Any:
    """An array as nested lists, None for NaN."""
    if isinstance(array, np.ndarray):
        return [numbers(one) for one in array.tolist()]
    if isinstance(array, list):
        return [numbers(one) for one in array]
    return None if isinstance(array, float) and math.isnan(array) else array


def read(*path: str) -> dict[str, Any]:
    return tomllib.loads(SCORING.joinpath(*path).read_text(encoding="utf-8"))


def definitions() -> dict[str, dict[str, Any]]:
    """The criteria by id."""
    files = sorted((SCORING / "definitions").glob("[a-z]*.toml"))
    entries = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]
    return {entry["id"]: entry for entry in entries}


class Slow(SlowFabric):
    """One question on one edition."""

    def __init__(self, facts: Facts, question: Question) -> None:
        self.facts, self.question = facts, question
        self.count = len(facts.zones)
        self.zones = range(self.count)
        self.km = numbers(facts.distance_km)
        self.nodes = facts.nomenclature.nodes
        self.node = self.nodes[f"{question.level}:{question.activity}"]
        self.leaves = [key.partition(":")[2] for key in self.nodes if key.startswith("subclass:")]
        self.inside = [leaf for leaf in self.leaves if self.covers(self.node, leaf)]
        self.branches = sorted({self.branch_of(leaf) for leaf in self.inside})
        self.is_fine = question.level in ("division", "group", "class", "subclass")
        self.excess = self.branch_excess()
        self.jobs_2024 = numbers(facts.private_jobs.end)
        self.jobs_2019 = numbers(facts.private_jobs.start)
        self.columns = [
            facts.private_jobs.codes.index(one) for one in self.branches if one in facts.private_jobs.codes
        ]
        self.stock = numbers(facts.occupations.jobs)
        self.stock_error = numbers(facts.occupations.error_share)
        self.project()

    # The activity

    def ancestors(self, key: str) -> list[str]:
        """The keys above a node, itself first."""
        found = [key]
        while self.nodes[found[-1]].parent:
            found.append(self.nodes[found[-1]].parent)
        return found

    def covers(self, node: Any, leaf: str) -> bool:
        if node.level == "a17":
            return leaf in node.subclasses
        return node.key in self.ancestors(f"subclass:{leaf}")

    def branch_of(self, leaf: str) -> str:
        return next(key[4:] for key in self.ancestors(f"subclass:{leaf}") if key.startswith("a38:"))

    def project(self) -> None:
        """Jobs, hectares and modes: what is asked, else the default of the branch, overridden by NAF prefix."""
        entries = read("data", "profile_defaults.toml")
        entry = dict(entries["branches"][self.branches[0]] if len(self.branches) == 1 else entries["several_branches"])
        best = ""
        for prefix in entries["overrides"]:
            if self.is_fine and self.question.activity.startswith(prefix) and len(prefix) > len(best):
                best = prefix
        entry |= entries["overrides"].get(best, {})
        asked = self.question
        self.jobs = asked.jobs if asked.jobs is not None else float(entry["project_jobs"]["medium"])
        m2_per_job = (entry["land_m2_per_job"][0] + entry["land_m2_per_job"][1]) / 2
        self.hectares = asked.hectares if asked.hectares is not None else round(self.jobs * m2_per_job / 10_000, 2)
        shares = dict(asked.modes) or entry["mode_shares_pct"]
        per_job = float(entry["kw_per_job"]) / 1000
        self.mw = asked.mw if asked.mw is not None else round(self.jobs * per_job, 2)
        self.modes = {mode: shares.get(mode, 0) / sum(shares.values()) for mode in MODES}

    @cached_property
    def family_shares(self) -> dict[str, float]:
        """Shares of scored families among those whose stock is known."""
        kept = {code: share for code, share in self.scored_needs.items() if code in self.facts.occupations.codes}
        return {code: share / sum(kept.values()) for code, share in kept.items()}

    @cached_property
    def scored_needs(self) -> dict[str, float]:
        """Shares of scored families in the hires, each level leaning on its parent for 150 hires."""
        codes = self.facts.nomenclature.family_codes
        shares = dict.fromkeys(codes, 1 / len(codes))
        path = [self.node.key] if self.node.level == "a17" else self.ancestors(self.node.key)
        for key in reversed(path):
            hires = dict.fromkeys(codes, 0.0)
            for leaf in self.leaves:
                if self.covers(self.nodes[key], leaf):
                    for code, one in zip(codes, self.facts.nomenclature.hires[f"subclass:{leaf}"], strict=True):
                        hires[code] += float(one)
            lean = 0 if key == path[-1] else 150
            if sum(hires.values()) > 0:
                shares = {code: (hires[code] + lean * shares[code]) / (sum(hires.values()) + lean) for code in codes}
        entries = read("..", "skills", "data", "families.toml")["families"]
        scored = {entry["code"] for entry in entries if entry["is_scored"]}
        kept = {code: share for code, share in shares.items() if code in scored and share > 0}
        kept = kept or {code: share for code, share in shares.items() if share > 0}
        return {code: share / sum(kept.values()) for code, share in kept.items()}

    # The criteria, each a list of cells by zone

    def measured(self, key: str, entry: dict[str, Any]) -> list[Cell]:
        measure = getattr(self, key.replace(".", "_"))
        return [measure(zone, entry.get("parameters", {})) for zone in self.zones]

    @cached_property
    def stock_of_france(self) -> list[float]:
        columns = range(len(self.facts.occupations.codes))
        return [sum(row[column] for row in self.stock if row[column] is not None) for column in columns]

    def skills_quotient(self, zone: int, told: dict[str, Any]) -> Cell:
        if any(one is None for one in self.stock[zone]):
            return MISSING
        everybody = sum(self.stock_of_france)
        weights, logs, errors = [], [], []
        for code, share in self.family_shares.items():
            column = self.facts.occupations.codes.index(code)
            national = self.stock_of_france[column] / everybody
            expected = sum(self.stock[zone]) * national
            weights.append(share * math.log(max(national, 0.001)) / math.log(0.001))
            logs.append(math.log((self.stock[zone][column] + told["shrink"]) / (expected + told["shrink"])))
            errors.append(math.log(1 + self.stock_error[zone][column]))
        log = sum(w * one for w, one in zip(weights, logs, strict=True)) / sum(weights)
        error = sum(w * one for w, one in zip(weights, errors, strict=True)) / sum(weights)
        return Cell(math.exp(log), math.exp(log - error), math.exp(log + error), "estimated")

    def skills_depth(self, zone: int, told: dict[str, Any]) -> Cell:
        if any(one is None for one in self.stock[zone]):
            return MISSING
        sums = [0.0, 0.0, 0.0]
        for code, share in self.family_shares.items():
            column = self.facts.occupations.codes.index(code)
            error = 1 + self.stock_error[zone][column]
            for place, factor in enumerate((1, 1 / error, error)):
                per_post = self.stock[zone][column] * factor / (self.jobs * share)
                sums[place] += share * min(per_post, told["cap"])
        return Cell(*sums, "estimated")

    def skills_availability(self, zone: int, told: dict[str, Any]) -> Cell:
        table = self.facts.tightness
        index, own, france = (numbers(one) for one in (table.index, table.own_share, table.national))
        low = high = total = 0.0
        for code, share in self.family_shares.items():
            if code not in table.codes or france[table.codes.index(code)] is None:
                continue
            place = table.codes.index(code)
            jobs = self.stock[zone][self.facts.occupations.codes.index(code)]
            if jobs is None or index[zone][place] is None:
                return MISSING
            total += share
            if jobs > told["least_jobs"]:
                error = own[zone][place] * told["own_error"] + (1 - own[zone][place]) * told["wider_error"]
                low += share * (index[zone][place] - error)
                high += share * (index[zone][place] + error)
            else:
                low += share * france[place]
                high += share * max(told["hardest"], france[place])
        if not total:
            return MISSING
        return Cell((low + high) / total / 2, low / total, high / total, "estimated")

    @cached_property
    def trade_shares(self) -> dict[str, float]:
        """Shares of trades in the hires, leaning on the parent as families do."""
        codes = self.facts.trade_hires.family_codes
        shares = dict.fromkeys(codes, 1 / len(codes))
        path = [self.node.key] if self.node.level == "a17" else self.ancestors(self.node.key)
        for key in reversed(path):
            hires = dict.fromkeys(codes, 0.0)
            for leaf in self.leaves:
                if self.covers(self.nodes[key], leaf):
                    for code, one in zip(codes, self.facts.trade_hires.hires[f"subclass:{leaf}"], strict=True):
                        hires[code] += float(one)
            lean = 0 if key == path[-1] else 150
            if sum(hires.values()) > 0:
                shares = {code: (hires[code] + lean * shares[code]) / (sum(hires.values()) + lean) for code in codes}
        return {code: share for code, share in shares.items() if share > 0}

    @cached_property
    def projects(self) -> dict[str, Any]:
        """The hiring survey as nested lists, by survey, zone and trade."""
        told = self.facts.hiring
        return {name: numbers(getattr(told, name)) for name in ("value", "low", "high", "totals")}

    def national_projects(self, survey: int, column: int) -> float:
        """The share of a trade in all the projects of a survey."""
        cells = [row[column] for row in self.projects["value"][survey] if row[column] is not None]
        return sum(cells) / sum(one for one in self.projects["totals"][survey] if one is not None)

    def skills_bmo(self, zone: int, told: dict[str, Any]) -> Cell:
        columns = {code: self.facts.hiring.trades.index(code) for code in self.trade_shares}
        said = [str(year[zone, column]) for year in self.facts.hiring.status for column in columns.values()]
        if not {"observed", "estimated"} & set(said):
            return Cell(None, None, None, "suppressed" if "suppressed" in said else "missing")
        means: dict[str, list[float]] = {"value": [], "low": [], "high": []}
        for survey, totals in enumerate(self.projects["totals"]):
            if totals[zone] is None:
                continue
            sums, weights = dict.fromkeys(means, 0.0), 0.0
            for code, share in self.trade_shares.items():
                national = self.national_projects(survey, columns[code])
                weight = share * math.log(max(national, 0.001)) / math.log(0.001)
                weights += weight
                for name in means:
                    projects = self.projects[name][survey][zone][columns[code]]
                    expected = totals[zone] * national
                    sums[name] += weight * math.log((projects + told["shrink"]) / (expected + told["shrink"]))
            for name in means:
                means[name].append(sums[name] / weights)
        ends = [math.exp(sum(logs) / len(logs)) for logs in means.values()]
        return Cell(*ends, "observed" if set(said) == {"observed"} else "estimated")

    @cached_property
    def schools(self) -> list[tuple[str, str, Number, Number, list[float]]]:
        told = self.facts.training
        columns = (told.kind.tolist(), told.domain.tolist(), numbers(told.candidates), numbers(told.courses))
        return list(zip(*columns, told.distance_km.T.tolist(), strict=True))

    def people(self, zone: int, entry: dict[str, Any], places: dict[str, float], radius_km: float) -> float:
        found = 0.0
        for kind, domain, candidates, courses, km in self.schools:
            if kind in entry["kinds"] and domain in entry["domains"] and km[zone] <= radius_km:
                found += (candidates or 0) + (courses or 0) * places.get(kind, 0)
        return found

    def skills_training(self, zone: int, told: dict[str, Any]) -> Cell:
        entries = read("..", "skills", "data", "training_supply.toml")["trades"]
        pools: dict[str, float] = {}
        for code, share in self.trade_shares.items():
            if code in entries:
                name = str(entries[code])
                pools[name] = pools.get(name, 0) + share
        if not pools:
            return MISSING
        total, ends = sum(pools.values()), []
        for factor in (1, 1 / told["places_error"], told["places_error"]):
            places = {kind: number * factor for kind, number in told["places"].items()}
            mean = 0.0
            for name, part in pools.items():
                entry = next(one for one in entries.values() if str(one) == name)
                trained = self.people(zone, entry, places, told["radius_km"])
                mean += part / total * min(trained / (self.jobs * part / total), told["cap"])
            ends.append(mean)
        return Cell(*ends, "estimated")

    def branch(self, zone: int, table: list[list[Number]]) -> Number:
        """Private jobs of the activity's branches."""
        cells = [table[zone][column] for column in self.columns]
        return None if not cells or None in cells else sum(cells)

    @cached_property
    def private_totals(self) -> list[float]:
        return [sum(one for one in row if one is not None) for row in self.jobs_2024]

    def all_private(self, zone: int) -> float:
        return self.private_totals[zone]

    @cached_property
    def national_share(self) -> Number:
        known = [zone for zone in self.zones if self.branch(zone, self.jobs_2024) is not None]
        if not known:
            return None
        return sum(self.branch(zone, self.jobs_2024) for zone in known) / sum(self.all_private(z) for z in known)

    def branch_excess(self) -> float:
        """A half for a branch of several divisions, a quarter for a group of a division that has several."""
        if not self.is_fine:
            return 0.0
        if any(branch in MERGED for branch in self.branches):
            return 0.5
        if self.question.level == "division":
            return 0.0
        groups = [key for key in self.nodes if key.startswith("group:") and self.nodes[key].a38 == self.node.a38]
        return 0.25 if len(groups) > 1 else 0.0

    def fabric_specialisation(self, zone: int, told: dict[str, Any]) -> Cell:
        fine = self.fine_quotient(zone, told)
        if fine is not None:
            status = "observed" if self.is_whole else "estimated"
            return Cell(fine[0], fine[0] / fine[1], fine[0] * fine[1], status)
        jobs = self.branch(zone, self.jobs_2024)
        hidden = [self.facts.private_jobs.end_status[zone, column] for column in self.columns]
        if jobs is None:
            return Cell(None, None, None, "suppressed" if "suppressed" in hidden else "missing")
        quotient = (jobs + told["shrink"]) / (self.all_private(zone) * self.national_share + told["shrink"])
        error = math.exp(told["excess_error"] * self.excess)
        is_rough = "estimated" in hidden or self.covered_part > 0
        return Cell(quotient, quotient / error, quotient * error, "estimated" if is_rough else "observed")

    def trace(self, leaf: str, told: dict[str, Any]) -> float:
        """What a plant of a sub-class tells of the activity."""
        if leaf in self.inside:
            return 1.0
        if self.node.level == "a17":
            return 0.0
        for level in ("class", "group", "division"):
            shared = [key for key in self.ancestors(self.node.key) if key.startswith(f"{level}:")]
            if shared and shared[0] in self.ancestors(f"subclass:{leaf}"):
                return told[f"{level}_weight"]
        return 0.0

    @cached_property
    def industry(self) -> list[Number]:
        """Manufacturing jobs by zone."""
        made = sorted({self.branch_of(leaf) for leaf in self.leaves if self.covers(self.nodes["section:C"], leaf)})
        rows = [[row[self.facts.private_jobs.codes.index(one)] for one in made] for row in self.jobs_2024]
        return [None if None in row else sum(row) for row in rows]

    @cached_property
    def evidence(self) -> list[float]:
        """Plants by zone, each for what it tells of the activity."""
        told = definitions()["fabric.fine_presence"]["parameters"]
        traces = [self.trace(code, told) for code in self.facts.plants.naf_codes]
        found = [0.0] * self.count
        for place, naf in zip(self.facts.plants.zone, self.facts.plants.naf_index, strict=True):
            found[place] += traces[naf]
        return found

    def fabric_fine_presence(self, zone: int, told: dict[str, Any]) -> Cell:
        jobs = self.industry[zone]
        if jobs is None:
            return MISSING
        expected = sum(self.evidence) * jobs / sum(one or 0 for one in self.industry)
        return observed((self.evidence[zone] + told["shrink"]) / (expected + told["shrink"]))

    def fabric_neighbours(self, zone: int, told: dict[str, Any]) -> Cell:
        share = self.national_share
        if share is None:
            return MISSING
        jobs, expected = 0.0, 0.0
        if not any(other != zone and self.km[zone][other] <= told["radius_km"] for other in self.zones):
            return Cell(None, None, None, "absent")
        near = [one for one in self.zones if one != zone and self.km[zone][one] <= told["radius_km"]]
        status = "estimated" if self.covered_part and not self.is_whole else "observed"
        fine = self.fine_neighbours(near, told)
        if fine is not None:
            return Cell(fine, fine, fine, status)
        for other in self.zones:
            known = self.branch(other, self.jobs_2024)
            if other != zone and self.km[zone][other] <= told["radius_km"] and known is not None:
                jobs += known
                expected += self.all_private(other) * share
        quotient = (jobs + told["shrink"]) / (expected + told["shrink"])
        return Cell(quotient, quotient, quotient, status)

    def fabric_related(self, zone: int, told: dict[str, Any]) -> Cell:
        value, is_plain = self.related_value(zone, told)
        return MISSING if value is None else Cell(value, value, value, "observed" if is_plain else "estimated")

    def fabric_chain(self, zone: int, told: dict[str, Any]) -> Cell:
        reaches = (told["decay_km"], told["least_decay_km"], told["most_decay_km"])
        found = [self.chain_value(zone, km, told["shrink"]) for km in reaches]
        return MISSING if found[0] is None else Cell(found[0], min(found), max(found), "estimated")

    def dynamics_programmes(self, zone: int, told: dict[str, Any]) -> Cell:
        marks = self.programme_marks(zone, told)
        if marks == [None, None]:
            return MISSING
        low, high = (50 * sum(end if mark is None else mark for mark in marks) for end in (0, 1))
        return Cell((low + high) / 2, low, high, "estimated")

    def land_sites(self, zone: int, told: dict[str, Any]) -> Cell:
        near = 0
        for km, surface in zip(self.facts.site_distance_km[zone], self.facts.site_ha, strict=True):
            if km <= told["radius_km"] and surface >= self.hectares:
                near += 1
        is_thin = self.facts.values["land.usable_sites"][1][zone] == "missing"
        return MISSING if is_thin and not near else observed(float(near))

    def land_parks(self, zone: int, told: dict[str, Any]) -> Cell:
        offered = 0
        for km, surface in zip(self.facts.park_distance_km[zone], self.facts.park_ha, strict=True):
            if km <= told["radius_km"] and surface >= self.hectares:
                offered += 1
        declared = self.facts.values.get("land.parks_covered_pct")
        is_complete = declared is not None and declared[0][zone] >= told["complete_pct"]
        return observed(float(offered)) if offered or is_complete else MISSING

    def land_power(self, zone: int, told: dict[str, Any]) -> Cell:
        if "grid_225" not in self.facts.access.kinds:
            return MISSING
        return observed(numbers(self.facts.access.km)[zone][self.facts.access.kinds.index("grid_225")])

    def access_modes(self, zone: int, told: dict[str, Any]) -> Cell:
        worst, best, unknown = 0.0, 0.0, 0.0
        for mode, share in self.modes.items():
            for kind in told["modes"][mode]:
                part = share / len(told["modes"][mode])
                column = self.facts.access.kinds.index(kind)
                full, none = told["thresholds_km"][kind]
                if self.facts.access.status[zone, column] == "missing":
                    best, unknown = best + part, unknown + part
                elif self.facts.access.status[zone, column] != "absent":
                    useful = min(1.0, max(0.0, (none - self.facts.access.km[zone, column]) / (none - full)))
                    worst, best = worst + part * useful, best + part * useful
        if unknown > 1 - 1e-9:
            return MISSING
        return Cell(50 * (worst + best), 100 * worst, 100 * best, "estimated" if unknown else "observed")

    def access_market(self, zone: int, told: dict[str, Any]) -> Cell:
        if self.industry[zone] is None:
            return MISSING
        reached = [(self.industry[one] or 0) * math.exp(-self.km[zone][one] / told["decay_km"]) for one in self.zones]
        return observed(sum(reached))

    def living_housing(self, zone: int, told: dict[str, Any]) -> Cell:
        vacancy = numbers(self.facts.values["living.long_vacancy_pct"][0])[zone]
        rent = numbers(self.facts.values["living.rent_house"][0])[zone]
        (empty, full), (ideal_low, ideal_high) = told["vacancy_none_pct"], told["vacancy_ideal_pct"]
        marks: list[Number] = [None, None]
        if vacancy is not None:
            climb, fall = (vacancy - empty) / (ideal_low - empty), (full - vacancy) / (full - ideal_high)
            marks[0] = min(1.0, max(0.0, min(climb, fall)))
        if rent is not None:
            dear, cheap = told["rent_none_eur"], told["rent_full_eur"]
            marks[1] = min(1.0, max(0.0, (dear - rent) / (dear - cheap)))
        if marks == [None, None]:
            return MISSING
        low = 50 * sum(0 if mark is None else mark for mark in marks)
        high = 50 * sum(1 if mark is None else mark for mark in marks)
        return Cell((low + high) / 2, low, high, "estimated" if None in marks else "observed")

    def as_given(self, zone: int, indicator: str) -> Cell:
        value = numbers(self.facts.values[indicator][0])[zone]
        return Cell(value, value, value, str(self.facts.values[indicator][1][zone]))

    def living_care(self, zone: int, told: dict[str, Any]) -> Cell:
        return self.as_given(zone, "living.gp_per_10000")

    def living_migration(self, zone: int, told: dict[str, Any]) -> Cell:
        return self.as_given(zone, "living.net_migration_pct")

    def dynamics_jobs(self, zone: int, told: dict[str, Any]) -> Cell:
        return self.as_given(zone, "economy.jobs_growth_pct")

    def clipped(self, start: float, end: float, told: dict[str, Any]) -> float:
        if start >= told["min_jobs"]:
            end = max(end, start / told["max_ratio"])
        return min(end, max(start * told["max_ratio"], told["min_jobs"]))

    def dynamics_local(self, zone: int, told: dict[str, Any]) -> Cell:
        """What the branches gained beyond their national growth: the local effect whatever the growth of all jobs."""
        status = "estimated" if self.covered_part and not self.is_whole else "observed"
        fine = self.fine_edge(zone, told)
        if fine is not None:
            return Cell(fine, fine, fine, status)
        gain, before = 0.0, 0.0
        for column in self.columns:
            pairs = self.clipped_pairs(column, told)
            if zone not in pairs:
                return MISSING
            start, end = pairs[zone]
            national = sum(pair[1] for pair in pairs.values()) / sum(pair[0] for pair in pairs.values())
            gain, before = gain + end - start * national, before + start
        value = 100 * gain / (before + told["shrink"])
        return Cell(value, value, value, status) if self.columns else MISSING

    def clipped_pairs(self, column: int, told: dict[str, Any]) -> dict[int, tuple[float, float]]:
        """Jobs of a branch at both dates, in the zones where both are known."""
        found = {}
        for zone in self.zones:
            start, end = self.jobs_2019[zone][column], self.jobs_2024[zone][column]
            if start is not None and end is not None:
                found[zone] = (start, self.clipped(start, end, told))
        return found

    # From cells to scores

    def positions(self, entry: dict[str, Any], cells: list[Cell]) -> list[tuple[float, float]]:
        """Where the least and the most of each cell stand between 0 and 1."""

        def scaled(value: Number) -> Number:
            if value is None:
                return None
            if entry["scale"] == "log":
                return math.log(max(value, 1e-9))
            return 1 - math.exp(-value / entry["parameters"]["scale"]) if entry["scale"] == "saturating" else value

        known = sorted(scaled(cell.value) for cell in cells if cell.value is not None)
        low, high = self.bounds(entry, known)

        def position(value: float) -> float:
            if self.question.normalisation == "percentile":
                return (sum(one < value for one in known) + sum(one == value for one in known) / 2) / len(known)
            return min(1.0, max(0.0, (value - low) / (high - low))) if high > low else 0.5

        def worth(value: float) -> float:
            return 1 - position(value) if entry["direction"] == "less" else position(value)

        found = []
        for cell in cells:
            if cell.status == "absent":
                found.append((0.0, 0.0))
            elif cell.value is None:
                found.append((0.0, 1.0))
            else:
                ends = worth(scaled(cell.low)), worth(scaled(cell.high))
                found.append((min(ends), max(ends)))
        return found

    def bounds(self, entry: dict[str, Any], known: list[float]) -> tuple[float, float]:
        told = entry["bounds"]
        if self.question.normalisation == "zscore":
            mean = math.fsum(known) / len(known)
            deviation = math.sqrt(math.fsum((one - mean) ** 2 for one in known) / len(known))
            return mean - 3 * deviation, mean + 3 * deviation
        if told["rule"] == "fixed":
            return (
                (math.log(told["low"]), math.log(told["high"]))
                if entry["scale"] == "log"
                else (told["low"], told["high"])
            )
        low, high = quantile(known, told["low"]), quantile(known, told["high"])
        return (known[0], known[-1]) if low == high else (low, high)

    def weigh(self, entries: dict[str, dict[str, Any]], used: list[str]) -> dict[str, float]:
        """Weights summing to 1: defaults, what the reader changed, part of a wide branch moved."""
        edits = dict(self.question.weights)
        held = [entry for entry in entries.values() if any(one in self.facts.vintages for one in entry["sources"])]
        everything = sum(entry["weight"] for entry in held)
        usual = {key: 100 * entries[key]["weight"] / everything for key in used}
        weights = {key: edits.get(key, usual[key]) for key in used}
        for pillar in PILLARS:
            members = [key for key in used if key.startswith(pillar + ".")]
            if pillar in edits and members:
                total = sum(weights[key] for key in members)
                for key in members:
                    weights[key] = edits[pillar] * (weights[key] / total if total else 1 / len(members))
        weights = {key: weight / sum(weights.values()) for key, weight in weights.items()}
        wide = [key for key in ("fabric.specialisation", "fabric.neighbours", "dynamics.local") if key in weights]
        fine, branch = weights.get("fabric.fine_presence", 0.0), sum(weights[key] for key in wide)
        if fine and branch:
            beside = usual["fabric.fine_presence"] / sum(usual[key] for key in wide)
            moved = self.excess * (1 - self.covered_part) * min(1.0, fine / branch / beside)
            for key in wide:
                weights["fabric.fine_presence"] += weights[key] * moved
                weights[key] *= 1 - moved
        return self.without_power(weights, entries["land.power"]["parameters"]["medium_voltage_mw"])

    def without_power(self, weights: dict[str, float], medium_voltage_mw: float) -> dict[str, float]:
        """A project fed at medium voltage: the weight of the grid passes to everything else."""
        void = weights.get("land.power", 0.0)
        if self.mw > medium_voltage_mw or not void or void == sum(weights.values()):
            return weights
        moved = dict(weights, **{"land.power": 0.0})
        left = sum(moved.values())
        return {key: weight / left for key, weight in moved.items()}

    def total(self, parts: dict[str, float], weights: dict[str, float]) -> float:
        if self.question.aggregation == "arithmetic":
            return 100 * sum(weights[key] * parts[key] for key in parts)
        product = 1.0
        for pillar in PILLARS:
            members = [key for key in parts if key.startswith(pillar + ".")]
            weight = sum(weights[key] for key in members)
            if weight:
                mean = sum(weights[key] * parts[key] for key in members) / weight
                product *= max(mean, 0.01) ** weight
        return 100 * product

    def ranking(self) -> SlowRanking:
        entries = definitions()
        cells = {key: self.measured(key, entry) for key, entry in entries.items()}
        used = [key for key, column in cells.items() if any(cell.status != "missing" for cell in column)]
        ends = {key: self.positions(entries[key], cells[key]) for key in used}
        weights = self.weigh(entries, used)
        known = ("observed", "estimated", "absent")
        return SlowRanking(
            score=[self.total({key: sum(ends[key][z]) / 2 for key in used}, weights) for z in self.zones],
            low=[self.total({key: ends[key][z][0] for key in used}, weights) for z in self.zones],
            high=[self.total({key: ends[key][z][1] for key in used}, weights) for z in self.zones],
            coverage=[sum(weights[key] for key in used if cells[key][z].status in known) for z in self.zones],
            weights=weights,
            normalised=ends,
        )


def quantile(known: list[float], share: float) -> float:
    """Linear interpolation between the two nearest of a sorted list."""
    place = share * (len(known) - 1)
    below = math.floor(place)
    above = min(below + 1, len(known) - 1)
    return known[below] + (known[above] - known[below]) * (place - below)


def slow_ranking(facts: Facts, question: Question) -> SlowRanking:
    return Slow(facts, question).ranking()
