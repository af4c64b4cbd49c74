"""Building an edition: providers compute derived tables from named releases, files hold the result."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from django.apps import apps
from django.db import connection, models
from psycopg import sql

from sources.models import Release
from sources.registry import DATASETS, Dataset


class BuildError(Exception):
    """An edition that cannot be built; the message says what is missing and what to run."""


@dataclass(frozen=True)
class Provider:
    """A function that returns rows of one derived table, as a DataFrame whose columns are field names.

    Foreign keys hold the code of the row they point at (a release: its key). Several providers may feed one table.
    """

    table: str  # model label, e.g. "basins.ZoneValue"
    compute: Callable[["Build"], pd.DataFrame]
    needs: tuple[str, ...]  # data set slugs
    after: tuple[str, ...]  # model labels read with `build.table`
    uses: tuple[str, ...] = ()  # slugs of data sets read where they are present


PROVIDERS: list[Provider] = []


def provider(
    table: str, *, needs: tuple[str, ...], after: tuple[str, ...] = (), uses: tuple[str, ...] = ()
) -> Callable[[Callable[["Build"], pd.DataFrame]], Callable[["Build"], pd.DataFrame]]:
    """Register the decorated function as a provider of `table`."""

    def register(compute: Callable[["Build"], pd.DataFrame]) -> Callable[["Build"], pd.DataFrame]:
        PROVIDERS.append(Provider(table, compute, needs, after, uses))
        return compute

    return register


@dataclass
class Build:
    """What providers read from: the raw rows of releases and the tables already computed."""

    releases: dict[str, tuple[Release, ...]]  # several only where a data set comes in parts
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)

    def has(self, slug: str) -> bool:
        """Tell whether a data set that is only used has been ingested."""
        return slug in self.releases

    def release(self, slug: str) -> str:
        """Return the key of the release used for a data set, to stand in a `release` column."""
        (only,) = self.releases[slug]
        return only.key

    def rows(self, slug: str) -> pd.DataFrame:
        """Return the raw rows of a data set, columns named as the record's fields; geometry as hexadecimal EWKB.

        Where the data set comes in parts, a column `release` holds the key of each row's release.
        """
        dataset = DATASETS[slug]
        columns = list(dataset.columns)
        frames = [_raw_rows(dataset, one) for one in self.releases[slug]]
        if not dataset.is_in_parts:
            (frame,) = frames
            return frame
        keyed = [frame.assign(release=one.key) for frame, one in zip(frames, self.releases[slug], strict=True)]
        return pd.concat(keyed, ignore_index=True)[[*columns, "release"]]

    def table(self, label: str) -> pd.DataFrame:
        """Return a derived table already computed in this build, e.g. `basins.Commune`."""
        return self.tables[label]


def _raw_rows(dataset: Dataset, release: Release) -> pd.DataFrame:
    model = dataset.model
    names = [model._meta.get_field(name).column for name in dataset.columns]
    query = sql.SQL("SELECT {} FROM {} WHERE release_id = %s ORDER BY id").format(
        sql.SQL(", ").join(map(sql.Identifier, names)), sql.Identifier(model._meta.db_table)
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [release.pk])
        return pd.DataFrame(cursor.fetchall(), columns=list(dataset.columns))


def releases_in_use() -> dict[str, tuple[Release, ...]]:
    """Return the releases whose rows are present, by data set slug, the parts of a data set by name."""
    found: dict[str, tuple[Release, ...]] = {}
    for release in Release.objects.filter(has_rows=True).select_related("source").order_by("source", "part"):
        found[release.source_id] = (*found.get(release.source_id, ()), release)
    return found


def ordered_tables(providers: list[Provider]) -> list[str]:
    """Return the table labels so that each comes after the tables its providers read; raises on a cycle."""
    waiting = {
        label: {name for p in providers if p.table == label for name in p.after} for label in _labels(providers)
    }
    order: list[str] = []
    while waiting:
        ready = sorted(label for label, before in waiting.items() if before <= set(order))
        if not ready:
            raise BuildError(f"tables en cercle ou sans fournisseur : {', '.join(sorted(waiting))}")
        order += ready
        for label in ready:
            del waiting[label]
    return order


def _labels(providers: list[Provider]) -> list[str]:
    return sorted({one.table for one in providers})


def compute_tables(build: Build) -> Iterator[tuple[str, pd.DataFrame]]:
    """Run every provider in order and yield (label, table), rows sorted by all columns of the table's key."""
    missing = sorted({slug for one in PROVIDERS for slug in one.needs} - set(build.releases))
    if missing:
        raise BuildError(
            f"jeux de données non ingérés : {', '.join(missing)}. Lancez « manage.py ingest {missing[0]} »."
        )
    for label in ordered_tables(PROVIDERS):
        parts = [one.compute(build) for one in PROVIDERS if one.table == label]
        table = pd.concat(parts, ignore_index=True)
        build.tables[label] = _checked(label, table)
        yield label, build.tables[label]


def _checked(label: str, table: pd.DataFrame) -> pd.DataFrame:
    model = apps.get_model(label)
    unknown = set(table.columns) - {f.name for f in model._meta.concrete_fields}
    if unknown:
        raise BuildError(f"{label} : colonnes sans champ : {', '.join(sorted(unknown))}")
    key = [name for name in natural_key(model) if name in table.columns]
    duplicates = table[table.duplicated(key, keep=False)] if key else table.iloc[:0]
    if len(duplicates):
        raise BuildError(f"{label} : clé {key} en double, par exemple {duplicates.iloc[0][key].to_dict()}")
    by = key or list(table.columns)
    return table.sort_values(by, key=lambda column: column.astype(str), ignore_index=True, kind="stable")


def natural_key(model: type[models.Model]) -> list[str]:
    """Return the field names that identify a row in the edition files (the primary key of a nomenclature)."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and "edition" in constraint.fields:
            return [name for name in constraint.fields if name != "edition"]
    key: Any = model._meta.pk
    return [] if key.name == "id" else [key.name]
