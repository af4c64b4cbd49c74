"""The figures of the validation bench, kept beside the built-in edition and read back for the edition on show."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from django.conf import settings

from measures.validation import Interval
from scoring.validation.announced import Announced
from scoring.validation.clusters import Cluster
from scoring.validation.size import Size

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "validation"
NAME_LENGTH = 16
# Digits kept: more would say more than the draws know, and differ from one machine to another.
DECIMALS = 4

Metrics = dict[str, Interval]


@dataclass(frozen=True)
class TargetResults:
    """What is known of one target, each figure with its interval.

    `scores` by name of a score (ours and its variants, baselines, ceiling, other designs) and metric; `best` names the
    best baseline by metric, and `ratios` divides other scores by it; `ablation` is what each pillar or criterion adds;
    `controls` are areas under the ROC curve; `by_size` are metrics of our score within three classes of basins.
    """

    scores: dict[str, Metrics]
    best: dict[str, str]
    ratios: dict[str, Metrics]
    ablation: dict[str, Metrics]
    controls: Metrics
    by_size: dict[str, dict[str, Metrics]]


@dataclass(frozen=True)
class Results:
    """Everything that the bench says of one edition."""

    edition: str
    draws: int
    counts: dict[str, int]
    targets: dict[str, TargetResults]
    clusters: tuple[Cluster, ...]
    announced: tuple[Announced, ...]
    size: Size


def path_of(content_hash: str, folder: Path = FOLDER) -> Path:
    """Return the file of an edition's figures."""
    return folder / f"{content_hash[:NAME_LENGTH]}.json"


def write_results(results: Results, folder: Path = FOLDER) -> Path:
    """Write the figures of an edition and return their file; those of other editions are removed."""
    folder.mkdir(parents=True, exist_ok=True)
    path = path_of(results.edition, folder)
    written = path.with_suffix(".partial")
    written.write_text(json.dumps(_plain(asdict(results)), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    written.replace(path)
    for other in set(folder.glob("*.json")) - {path}:
        other.unlink()
    return path


def read_results(content_hash: str, folder: Path = FOLDER) -> Results | None:
    """Return the figures of an edition, None when none were computed on it: those of another would mislead."""
    path = path_of(content_hash, folder)
    if not path.is_file():
        return None
    entry = json.loads(path.read_text(encoding="utf-8"))
    if entry["edition"] != content_hash:
        return None
    return Results(
        edition=entry["edition"],
        draws=entry["draws"],
        counts=entry["counts"],
        targets={name: TargetResults(**_intervals(target)) for name, target in entry["targets"].items()},
        clusters=tuple(Cluster(**one) for one in entry["clusters"]),
        announced=tuple(Announced(**_intervals(one)) for one in entry["announced"]),
        size=Size(**entry["size"]),
    )


def rounded(value: Interval) -> Interval:
    """Return an interval at the digits that are kept."""
    return Interval(**{name: round(number, DECIMALS) for name, number in asdict(value).items()})


def _plain(value: Any) -> Any:
    """Round numbers; what no draw knows (NaN) is null, since JSON has no word for it."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float):
        return None if value != value else round(value, DECIMALS)
    return value


def _intervals(value: Any) -> Any:
    """Make intervals again of the mappings that hold one."""
    if not isinstance(value, Mapping):
        return value
    if set(value) == {field.name for field in fields(Interval)}:
        return Interval(**{name: float("nan") if number is None else number for name, number in value.items()})
    return {key: _intervals(one) for key, one in value.items()}
