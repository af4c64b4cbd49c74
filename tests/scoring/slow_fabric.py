"""The slow twin of what is read around an activity: related branches, chain, programmes, jobs by sub-class."""

import math
from functools import cached_property
from typing import Any

from scoring.facts import Facts

Number = float | None
REST = "rest"
LEAST_ZONES = 30


def geometric(parts: list[tuple[float, float]]) -> Number:
    """Weighted mean of (weight, logarithm) pairs, as a quotient; None without weight."""
    total = sum(weight for weight, _log in parts)
    return math.exp(sum(weight * log for weight, log in parts) / total) if total > 0 else None


def beyond_chance(first: list[bool], second: list[bool]) -> float:
    """(R - 1) / (R + 1), at least 0, of two lists of flags."""
    both = sum(a and b for a, b in zip(first, second, strict=True))
    if not both:
        return 0.0
    ratio = both * len(first) / (sum(first) * sum(second))
    return max(0.0, (ratio - 1) / (ratio + 1))


class SlowFabric:
    """What `Slow` adds for the fabric and the programmes; it reads the attributes of `Slow`."""

    facts: Facts
    question: Any
    zones: range
    km: Any
    nodes: Any
    leaves: list[str]
    inside: list[str]
    branches: list[str]
    is_fine: bool
    excess: float
    jobs_2024: Any
    jobs_2019: Any
    columns: list[int]
    national_share: Number
    branch_of: Any
    branch: Any
    all_private: Any
    clipped: Any

    # Jobs by sub-class

    @cached_property
    def siblings(self) -> list[str]:
        """The sub-classes of the activity's branch."""
        return [leaf for leaf in self.leaves if self.branch_of(leaf) == self.branches[0]]

    @cached_property
    def covered(self) -> list[int]:
        """Zones whose jobs by sub-class are read: none for an activity that is its whole branch."""
        if not self.is_fine or len(self.inside) >= len(self.siblings):
            return []
        return [zone for zone in self.zones if self.facts.subclass_jobs.is_covered[zone]]

    @cached_property
    def covered_part(self) -> float:
        known = {zone: self.branch(zone, self.jobs_2024) for zone in self.zones}
        total = sum(jobs for jobs in known.values() if jobs)
        return sum(known[zone] or 0 for zone in self.covered) / total if total else 0.0

    def summed(self, zone: int, leaves: list[str], table: Any) -> Number:
        """Jobs of some sub-classes in a covered zone; None when one is hidden."""
        codes = self.facts.subclass_jobs.naf_codes
        cells = [float(table[zone, codes.index(leaf)]) for leaf in leaves if leaf in codes]
        return None if any(math.isnan(one) for one in cells) else sum(cells)

    def own(self, zone: int, when: str = "end") -> Number:
        if zone not in self.covered:
            return None
        return self.summed(zone, self.inside, getattr(self.facts.subclass_jobs, when))

    def rest(self, zone: int) -> Number:
        if zone not in self.covered:
            return None
        whole = self.summed(zone, self.siblings, self.facts.subclass_jobs.end)
        return None if whole is None or self.own(zone) is None else whole - self.own(zone)

    @cached_property
    def share_of_branch(self) -> float:
        pairs = [(self.own(zone), self.rest(zone)) for zone in self.covered]
        known = [(own, own + rest) for own, rest in pairs if own is not None and rest is not None]
        found = sum(own for own, _whole in known) / max(sum(whole for _own, whole in known), 1)
        hires = self.facts.nomenclature.hires
        hired = sum(float(hires[f"subclass:{leaf}"].sum()) for leaf in self.inside)
        hired /= max(sum(float(hires[f"subclass:{leaf}"].sum()) for leaf in self.siblings), 1)
        return self.covered_part * found + (1 - self.covered_part) * (hired or found)

    def activity(self, zone: int, when: str = "end") -> Number:
        """The activity's own jobs, or its share of the branch's."""
        own = self.own(zone, when)
        if own is not None:
            return own
        jobs = self.branch(zone, self.jobs_2024 if when == "end" else self.jobs_2019)
        return None if jobs is None else jobs * self.share_of_branch

    @cached_property
    def activity_share(self) -> float:
        known = [zone for zone in self.zones if self.activity(zone) is not None]
        return sum(self.activity(zone) for zone in known) / sum(self.all_private(zone) for zone in known)

    @property
    def is_whole(self) -> bool:
        return self.covered_part > 1 - 1e-9

    def fine_quotient(self, zone: int, told: dict[str, Any]) -> tuple[float, float] | None:
        """Quotient of the activity itself and the factor of its bounds, where it is known."""
        own = self.own(zone) if self.covered_part else None
        if own is None:
            return None
        quotient = (own + told["shrink"]) / (self.all_private(zone) * self.activity_share + told["shrink"])
        return quotient, math.exp(told["excess_error"] * self.excess * (1 - self.covered_part))

    def fine_neighbours(self, near: list[int], told: dict[str, Any]) -> Number:
        """Quotient of the activity itself around a zone, where every near zone that tells its branch tells it."""
        known = [zone for zone in near if self.branch(zone, self.jobs_2024) is not None]
        if not self.covered_part or not near or any(self.own(zone) is None for zone in known):
            return None
        jobs = sum(self.own(zone) or 0 for zone in near)
        counted = [zone for zone in near if self.own(zone) is not None]
        expected = sum(self.all_private(zone) for zone in counted) * self.activity_share
        return (jobs + told["shrink"]) / (expected + told["shrink"])

    def fine_edge(self, zone: int, told: dict[str, Any]) -> Number:
        """Local edge of the activity itself, where it is known at two years."""
        if len(set(self.facts.subclass_jobs.years)) < 2 or not self.covered_part:
            return None
        if self.own(zone) is None or self.own(zone, "start") is None:
            return None
        if not any(self.own(one, "start") for one in self.covered):
            return None
        pairs = [(self.activity(one, "start"), self.activity(one)) for one in self.zones]
        ends = [(before, self.clipped(before, after, told)) for before, after in pairs if None not in (before, after)]
        national = sum(after for _before, after in ends) / sum(before for before, _after in ends)
        before = self.own(zone, "start")
        gain = self.clipped(before, self.own(zone), told) - before * national
        return 100 * gain / (before + told["shrink"])

    # Related branches

    def hire_table(self, leaves: list[str]) -> list[float]:
        rows = [self.facts.nomenclature.hires[f"subclass:{leaf}"].tolist() for leaf in leaves]
        empty = [0.0] * len(self.facts.nomenclature.family_codes)
        return [sum(column) for column in zip(*rows, strict=True)] if rows else empty

    @cached_property
    def known_branches(self) -> dict[str, int]:
        """Branches known somewhere and their columns."""
        codes = self.facts.private_jobs.codes
        return {one: i for i, one in enumerate(codes) if any(row[i] is not None for row in self.jobs_2024)}

    def members(self, branch: str) -> list[str]:
        return [leaf for leaf in self.leaves if self.branch_of(leaf) == branch]

    def branch_profile(self, branch: str) -> list[float]:
        """Shares of families in the hires of a branch, leaning on its section for 150 hires."""
        section = self.nodes[f"a38:{branch}"].parent
        sibling = [leaf for leaf in self.leaves if self.nodes[f"a38:{self.branch_of(leaf)}"].parent == section]
        shares = [1 / len(self.facts.nomenclature.family_codes)] * len(self.facts.nomenclature.family_codes)
        for leaves, lean in ((sibling, 0), (self.members(branch), 150)):
            hires = self.hire_table(leaves)
            if sum(hires) > 0:
                total = sum(hires) + lean
                shares = [(one + lean * share) / total for one, share in zip(hires, shares, strict=True)]
        return shares

    @cached_property
    def rarities(self) -> list[float]:
        rows = [self.hire_table(self.members(branch)) for branch in self.known_branches]
        sums = [sum(column) for column in zip(*rows, strict=True)]
        return [math.log(max(one / max(sum(sums), 1), 0.001)) / math.log(0.001) for one in sums]

    def shared(self, profile: list[float]) -> float:
        """Part of the scored occupations of the activity that a profile offers too."""
        codes = self.facts.nomenclature.family_codes
        needs = [self.scored_needs.get(code, 0.0) for code in codes]
        total = sum(rare * need for rare, need in zip(self.rarities, needs, strict=True))
        if not total:
            return 0.0
        offered = zip(self.rarities, needs, profile, strict=True)
        return sum(rare * min(need, part) for rare, need, part in offered) / total

    @property
    def scored_needs(self) -> dict[str, float]:
        raise NotImplementedError

    def log_of(self, zone: int, jobs: list[Number], shrink: float) -> Number:
        """Logarithm of the smoothed quotient of a list of jobs by zone."""
        if jobs[zone] is None or all(one is None for one in self.jobs_2024[zone]):
            return None
        known = [one for one in self.zones if jobs[one] is not None]
        share = sum(jobs[one] for one in known) / max(sum(self.all_private(one) for one in known), 1)
        return math.log((jobs[zone] + shrink) / (self.all_private(zone) * share + shrink))

    @cached_property
    def related_logs(self) -> dict[str, list[Number]]:
        shrink = 50.0
        table = {code: [row[i] for row in self.jobs_2024] for code, i in self.known_branches.items()}
        return {code: [self.log_of(zone, jobs, shrink) for zone in self.zones] for code, jobs in table.items()}

    @cached_property
    def related_weights(self) -> dict[str, float]:
        """How related each branch is, own branches at 0; with the rest of the branch where it is known."""
        found = {}
        known = [zone for zone in self.zones if any(logs[zone] is not None for logs in self.related_logs.values())]
        flags = {code: [(logs[zone] or -1) > 0 for zone in known] for code, logs in self.related_logs.items()}
        own = [code for code in self.related_logs if code in self.branches]
        for code in self.related_logs:
            shared = self.shared(self.branch_profile(code))
            together = [0.0 if one == code else beyond_chance(flags[one], flags[code]) for one in own]
            is_read = together and self.excess < 0.5
            mean = sum(together) / len(together) if is_read else shared
            found[code] = 0.0 if code in own else math.sqrt(shared * mean)
        if not any(found.values()):
            for code in self.related_logs:
                found[code] = 0.0 if code in own else self.shared(self.branch_profile(code))
        return found

    @cached_property
    def rest_logs(self) -> list[Number]:
        jobs = [self.rest(one) for one in self.zones]
        return [self.log_of(zone, jobs, 50.0) for zone in self.zones]

    @cached_property
    def rest_counted(self) -> dict[str, float] | None:
        """The weights with the rest of the branch, read on the activity itself; None where too few zones tell."""
        jobs = [self.own(one) for one in self.zones]
        own, rest = [self.log_of(zone, jobs, 50.0) for zone in self.zones], self.rest_logs
        told = [zone for zone in self.zones if own[zone] is not None and rest[zone] is not None]
        if not self.covered_part or len(told) < LEAST_ZONES:
            return None
        mine = [own[zone] > 0 for zone in told]
        found = {}
        for code, logs in self.related_logs.items():
            together = beyond_chance(mine, [(logs[zone] or -1) > 0 for zone in told])
            found[code] = math.sqrt(self.shared(self.branch_profile(code)) * together)
            if code in self.branches:
                found[code] = 0.0
        others = [leaf for leaf in self.siblings if leaf not in self.inside]
        hires = self.hire_table(others)
        profile = [one / sum(hires) for one in hires] if sum(hires) else self.branch_profile(self.branches[0])
        found[REST] = math.sqrt(self.shared(profile) * beyond_chance(mine, [rest[zone] > 0 for zone in told]))
        return found if any(found.values()) else None

    def related_value(self, zone: int, told: dict[str, Any]) -> tuple[Number, bool]:
        """Geometric mean of the quotients of related branches, and whether all of them are observed."""
        limit = math.log(told["cap"])
        weights = self.rest_counted or self.related_weights
        parts, is_plain = [], True
        for code, weight in weights.items():
            if code == REST:
                log = self.rest_logs[zone]
            else:
                log = self.related_logs[code][zone]
                if weight and self.facts.private_jobs.end_status[zone, self.known_branches[code]] != "observed":
                    is_plain = False
            if log is not None:
                parts.append((weight, max(-limit, min(limit, log))))
        return geometric(parts), is_plain

    # The chain

    def goods_jobs(self, zone: int, branch: str) -> float:
        if branch == "AZ":
            jobs = float(self.facts.flows.farm_jobs[zone])
            return 0.0 if math.isnan(jobs) else jobs
        return self.jobs_2024[zone][self.facts.private_jobs.codes.index(branch)] or 0.0

    @cached_property
    def traded(self) -> dict[str, float]:
        """Weight of each other branch: its share of what is bought and of what is sold, half and half."""
        flows, codes = self.facts.flows, self.facts.flows.codes
        own = [codes.index(one) for one in self.branches if one in codes]
        others = [
            code
            for code in codes
            if code[0] <= "F"
            and code in self.facts.private_jobs.codes
            and code not in self.branches
            and sum(self.goods_jobs(zone, code) for zone in self.zones) > 0
        ]
        sides = [
            {code: sum(float(flows.total[codes.index(code), one]) for one in own) for code in others},
            {code: sum(float(flows.total[one, codes.index(code)]) for one in own) for code in others},
        ]
        sides = [side for side in sides if sum(side.values()) > 0]
        return {code: sum(side[code] / sum(side.values()) for side in sides) / len(sides) for code in others if sides}

    def chain_value(self, zone: int, decay: float, shrink: float) -> Number:
        if not self.traded or all(one is None for one in self.jobs_2024[zone]):
            return None
        nation = sum(self.all_private(one) for one in self.zones)
        nearness = [math.exp(-self.km[zone][one] / decay) for one in self.zones]
        reached = sum(near * self.all_private(one) for near, one in zip(nearness, self.zones, strict=True))
        chain = 0.0
        for code, weight in self.traded.items():
            jobs = [self.goods_jobs(one, code) for one in self.zones]
            chain += weight * sum(n * j for n, j in zip(nearness, jobs, strict=True)) / sum(jobs)
        return (nation * chain + shrink) / (reached + shrink)

    # The programmes

    def programme_marks(self, zone: int, told: dict[str, Any]) -> list[Number]:
        eligible = float(self.facts.values["economy.industry_territory_share_pct"][0][zone])
        rate = float(self.facts.values["economy.aided_firms_per_1000"][0][zone])
        marks = [eligible / 100, min(1.0, rate / told["full_rate"])]
        return [None if math.isnan(one) else one for one in (marks[0], marks[1] if not math.isnan(rate) else rate)]
