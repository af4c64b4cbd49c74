"""The figures of the bench as lines of text."""

from collections.abc import Iterable, Iterator

from measures.validation import Interval
from scoring.validation.fine import FIRST_CELLS, SPAN, WindowResults
from scoring.validation.judging import METRICS
from scoring.validation.results import Results, TargetResults

NAME_WIDTH, CELL_WIDTH = 28, 20


def lines(results: Results) -> Iterator[str]:
    """Yield the lines of a report: each figure with its 95 % interval."""
    yield f"\nÉdition {results.edition[:12]} ; {results.draws} tirages par bassin et par activité"
    yield ", ".join(f"{name} {count}" for name, count in results.counts.items())
    for name, target in results.targets.items():
        yield from _target_lines(name, target)
    yield "\nFoyers connus, activité masquée : rang du score / des voisines de nomenclature / du score qui voit"
    for one in results.clusters:
        ranks = f"{one.rank:>4} / {one.siblings_rank:>4} / {one.seen_rank:>4}"
        yield f"{one.activity:<8}{one.zone_name:<{NAME_WIDTH}} {ranks}"
    yield ""
    for found in results.announced:
        yield (
            f"Rang de {found.came} dans l'intervalle annoncé sur {found.announced} : {_figure(found.share)} ; "
            f"largeur médiane {found.width:.0f} rangs, déplacement médian {found.moved:.0f}"
        )
    size = results.size
    yield (
        f"Corrélation de rang avec la taille, {size.activities} sous-classes : médiane {size.median:.2f}, "
        f"de {size.lowest:.2f} à {size.highest:.2f}, {size.above} au-dessus du seuil"
    )


def fine_lines(windows: Iterable[WindowResults]) -> Iterator[str]:
    """Yield the lines of the finer bench, window by window."""
    for one in windows:
        yield f"\nFenêtre {one.start}-{one.start + SPAN} : " + ", ".join(f"{k} {v}" for k, v in one.counts.items())
        yield " " * NAME_WIDTH + "".join(f"{metric:>{CELL_WIDTH}}" for metric in (*METRICS, f"p@{FIRST_CELLS}"))
        for score, metrics in one.scores.items():
            yield _row(score, [*(metrics[metric] for metric in METRICS), one.first_cells[score]])
        yield "Rapport au meilleur repère : " + ", ".join(f"{metric} {name}" for metric, name in one.best.items())
        for score, metrics in one.ratios.items():
            yield _row(score, [metrics[metric] for metric in METRICS])


def _target_lines(name: str, target: TargetResults) -> Iterator[str]:
    yield f"\n{name}"
    yield " " * NAME_WIDTH + "".join(f"{metric:>{CELL_WIDTH}}" for metric in METRICS)
    for score, metrics in target.scores.items():
        yield _row(score, [metrics[metric] for metric in METRICS])
    yield "Rapport au meilleur repère : " + ", ".join(f"{metric} {name}" for metric, name in target.best.items())
    for score, metrics in target.ratios.items():
        yield _row(score, [metrics[metric] for metric in METRICS])
    yield "Ce que chaque pilier ou critère apporte"
    for part, metrics in target.ablation.items():
        yield _row(part, list(metrics.values()), signed=True)
    yield "Contrôles"
    for control, value in target.controls.items():
        yield _row(control, [value])


def _row(name: str, values: list[Interval], *, signed: bool = False) -> str:
    return f"{name:<{NAME_WIDTH}}" + "".join(f"{_figure(one, signed=signed):>{CELL_WIDTH}}" for one in values)


def _figure(one: Interval, *, signed: bool = False) -> str:
    sign = "+" if signed else ""
    return f"{one.value:{sign}.3f} [{one.low:{sign}.2f};{one.high:{sign}.2f}]"
