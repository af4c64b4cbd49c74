"""The whole bench on an edition, step by step."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from measures.validation import Interval
from scoring.cells import FloatArray
from scoring.facts import Facts
from scoring.robustness import edition_seed
from scoring.validation.ablation import ablation
from scoring.validation.announced import announced_ranks
from scoring.validation.baselines import BASELINES, ORACLES, baselines
from scoring.validation.clusters import clusters
from scoring.validation.controls import controls
from scoring.validation.dated import START_YEAR, Past, read_past
from scoring.validation.designs import fixed_designs
from scoring.validation.groups import VARIANTS
from scoring.validation.judging import DRAWS, METRICS, Judge, ratio, with_interval
from scoring.validation.learned import designs, evidence, trees
from scoring.validation.masked import Masked, masked_branches, scores, zone_folds
from scoring.validation.results import Results, TargetResults
from scoring.validation.size import size_correlation
from scoring.validation.targets import Targets, read_targets
from sources.models import Edition

SIZE_CLASSES = ("small", "middle", "large")
BY_SIZE = ("score", "total_jobs")
Say = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class Bench:
    """An edition ready to be judged; everything drawn comes from the edition's seed."""

    facts: Facts
    edition: Edition
    draws: int = DRAWS

    @property
    def seed(self) -> int:
        return edition_seed(self.facts.edition.content_hash)

    @cached_property
    def past(self) -> Past:
        return read_past(self.facts, self.edition)

    @cached_property
    def folds(self) -> npt.NDArray[np.int64]:
        return zone_folds(len(self.facts.zones), self.seed)

    @cached_property
    def branches(self) -> tuple[Masked, ...]:
        return masked_branches(self.past, self.folds)

    @cached_property
    def targets(self) -> Targets:
        return read_targets(self.past)

    def judge(self, target: str) -> Judge:
        """Return the judge of a target."""
        return Judge.of(self.targets.labels[target], self.targets.judged[target], seed=self.seed, draws=self.draws)

    @cached_property
    def fixed_scores(self) -> dict[str, FloatArray]:
        """Scores (n, k) that learn nothing from the answers: ours, baselines, designs."""
        ours = {name: scores(self.branches, kept, self.facts.data_sets) for name, kept in VARIANTS.items()}
        return ours | baselines(self.past, self.folds, self.seed) | fixed_designs(self.past, self.branches)

    def learned_scores(self, target: str) -> dict[str, FloatArray]:
        """Scores (n, k) learned from the answers of other zones."""
        labels, judged = self.targets.labels[target], self.targets.judged[target]
        known = evidence(self.past, self.branches)
        return {"trees": trees(known, labels, judged, self.folds)} | designs(known, labels, judged, self.folds)


def run(facts: Facts, edition: Edition, say: Say, *, draws: int = DRAWS) -> Results:
    """Return every figure of the bench; `say` hears each step."""
    bench = Bench(facts, edition, draws)
    say(f"Entrées de {START_YEAR} reconstituées, activité masquée branche par branche")
    counts = bench.targets.counts
    found = {target: judge_target(bench, target, say) for target in bench.targets.labels}
    say("Foyers connus, activité masquée")
    known = clusters(bench.past, edition)
    say("Intervalles annoncés sur 2022, rangs de 2023 et de 2024")
    judge = bench.judge("specialised")
    announced = tuple(announced_ranks(bench.past, judge, came=year) for year in (2023, 2024))
    say("Corrélation du score avec la taille des bassins")
    size = size_correlation(facts)
    return Results(facts.edition.content_hash, draws, counts, found, known, announced, size)


def judge_target(bench: Bench, target: str, say: Say) -> TargetResults:
    """Return every figure of one target."""
    say(f"{target} : repères, arbres et autres conceptions")
    judge = bench.judge(target)
    tables = bench.fixed_scores | bench.learned_scores(target)
    measured = {name: judge.measure(table) for name, table in tables.items()}
    rivals = [name for name in BASELINES if name not in ORACLES[target]]
    best = {metric: max(rivals, key=lambda name: float(measured[name][metric][0])) for metric in METRICS}
    others = [name for name in measured if name not in BASELINES]
    say(f"{target} : ce que chaque pilier et chaque critère apporte")
    gained = ablation(bench.branches, judge, bench.facts.data_sets, variant="score")
    say(f"{target} : contrôles négatifs")
    return TargetResults(
        scores={name: _intervals(values) for name, values in measured.items()},
        best=best,
        ratios={
            name: {metric: ratio(measured[name][metric], measured[best[metric]][metric]) for metric in METRICS}
            for name in others
        },
        ablation=gained,
        controls=controls(
            bench.branches,
            VARIANTS["score"],
            tables["score"],
            judge.labels,
            judge.judged,
            data_sets=bench.facts.data_sets,
            seed=bench.seed,
        ),
        by_size=_by_size(bench, judge, {name: tables[name] for name in BY_SIZE}),
    )


def _intervals(values: dict[str, FloatArray]) -> dict[str, Interval]:
    return {metric: with_interval(drawn) for metric, drawn in values.items()}


def _by_size(bench: Bench, judge: Judge, tables: dict[str, FloatArray]) -> dict[str, dict[str, dict[str, Interval]]]:
    """Metrics within each third of the basins by private jobs of the start year."""
    jobs = np.nansum(bench.past.jobs[START_YEAR], axis=1)
    third = np.searchsorted(np.quantile(jobs, [1 / 3, 2 / 3]), jobs, side="right")
    found = {}
    for place, name in enumerate(SIZE_CLASSES):
        inside = Judge(judge.labels, judge.judged & (third == place)[:, None], judge.zones, judge.activities)
        found[name] = {key: _intervals(inside.measure(table)) for key, table in tables.items()}
    return found
