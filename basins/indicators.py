"""The indicators of zones, declared in the `indicators.toml` of each application."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps

from sources.texts import Text

FILE_NAME = "indicators.toml"
BETTER = ("more", "less", "none")
GRAINS = ("commune", "zone", "department", "region")
# How the value of a set of zones follows from theirs: added up, a mean by a weight (a ratio by its denominator), a
# harmonic mean by a weight (a ratio by its numerator), or the median where nothing is exact.
RULES = ("sum", "mean", "harmonic", "median")
WEIGHED = ("mean", "harmonic")
POPULATION = "population"


class IndicatorFileError(Exception):
    """An indicator file that cannot be understood; the message names the file, the indicator and the entry."""


@dataclass(frozen=True)
class Aggregate:
    """How an indicator goes from zones to a region; `weight` is "population" or the identifier of an indicator."""

    rule: str = "median"
    weight: str = ""


@dataclass(frozen=True)
class Indicator:
    """One measured thing per zone; `better` is the favourable end, `sources[0]` the data set it is drawn from."""

    id: str
    label: Text
    unit: Text
    decimals: int
    better: str
    grain: str
    sources: tuple[str, ...]
    vintage: str
    method: Text
    why: Text
    reviewed: date
    aggregate: Aggregate = Aggregate()

    @property
    def group(self) -> str:
        """The first word of the identifier, e.g. `living`."""
        return self.id.partition(".")[0]


@cache
def indicators() -> dict[str, Indicator]:
    """Return every indicator by identifier, in the order of the files; raises `IndicatorFileError`."""
    found: dict[str, Indicator] = {}
    for config in apps.get_app_configs():
        path = Path(config.path) / FILE_NAME
        if not path.is_file():
            continue
        for indicator in read_indicators(path):
            if indicator.id in found:
                raise IndicatorFileError(f"{path}: {indicator.id} is declared twice.")
            found[indicator.id] = indicator
    return found


def read_indicators(path: Path) -> list[Indicator]:
    """Return the indicators of one file; raises `IndicatorFileError` on a missing, unknown or absurd entry."""
    return [_indicator(path, id_, entries) for id_, entries in tomllib.loads(path.read_text(encoding="utf-8")).items()]


def _indicator(path: Path, id_: str, entries: dict[str, Any]) -> Indicator:
    given = dict(entries)
    try:
        for name in ("label", "unit", "method", "why"):
            given[name] = Text(**given[name])
        given["sources"] = tuple(given["sources"])
        given["aggregate"] = Aggregate(**given.get("aggregate", {}))
        indicator = Indicator(id=id_, **given)
    except (KeyError, TypeError) as error:
        raise IndicatorFileError(f"{path}: {id_}: {error}") from error
    if indicator.better not in BETTER or indicator.grain not in GRAINS or not indicator.sources:
        raise IndicatorFileError(f"{path}: {id_}: unknown `better` or `grain`, or no source.")
    if indicator.aggregate.rule not in RULES or bool(indicator.aggregate.weight) != (
        indicator.aggregate.rule in WEIGHED
    ):
        raise IndicatorFileError(f"{path}: {id_}: unknown rule of `aggregate`, or a weight where none is used.")
    return indicator
