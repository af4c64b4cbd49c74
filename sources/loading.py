"""Loading an edition: COPY its files under a new edition and put it on show, in one transaction."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.gis.db.models.fields import BaseSpatialField
from django.db import connection, models, transaction
from psycopg import sql

from sources.bulk import lift_time_limit
from sources.edition_files import EditionFileError, Manifest, read_manifest, read_table
from sources.models import Edition, EditionRow, Release, Source
from sources.progress import track
from sources.services import DryRun

EDITIONS_KEPT = 2
STAGING = sql.Identifier("edition_staging")


def load_edition(folder: Path, *, dry_run: bool = False) -> tuple[Edition, bool]:
    """Load the edition of a folder; return it and whether it was new.

    The same content hash is a no-op (it is put back on show if it was not). Until the transaction ends the edition
    on show stays whole, whatever kills the process. Raises `EditionFileError` on an incomplete folder.
    """
    manifest = read_manifest(folder)
    known = Edition.objects.filter(content_hash=manifest.content_hash).first()
    try:
        with transaction.atomic():
            lift_time_limit()
            edition = known or _copy_edition(folder, manifest)
            _show(edition)
            if dry_run:
                raise DryRun
    except DryRun:
        return edition, known is None
    if known is None:
        _forget_old_editions()
    return edition, known is None


def _copy_edition(folder: Path, manifest: Manifest) -> Edition:
    edition = Edition.objects.create(name=manifest.name, content_hash=manifest.content_hash)
    edition.releases.set(_register_releases(manifest))
    labels = {entry["table"]: entry for entry in manifest.tables}
    for label in track(loading_order(list(labels)), label="édition", unit="tables", total=len(labels)):
        header, body = read_table(folder, labels[label])
        _copy_table(apps.get_model(label), header, body, edition, labels[label].get("twkb", ()))
    return edition


def _register_releases(manifest: Manifest) -> list[Release]:
    releases = []
    for entry in manifest.releases:
        facts = dict(entry)
        source_facts = dict(facts.pop("source"))
        slug = source_facts.pop("slug")
        source, _created = Source.objects.update_or_create(slug=slug, defaults=source_facts)
        checksum = facts.pop("checksum")
        release, _created = Release.objects.get_or_create(source=source, checksum=checksum, defaults=facts)
        releases.append(release)
    return releases


def loading_order(labels: list[str]) -> list[str]:
    """Return labels so that a table comes after the tables its foreign keys point at."""
    order: list[str] = []

    def place(label: str) -> None:
        if label in order:
            return
        for field in apps.get_model(label)._meta.concrete_fields:
            target = field.related_model._meta.label if field.related_model else ""
            if target in labels and target != label:
                place(target)
        order.append(label)

    for label in sorted(labels):
        place(label)
    return order


def _copy_table(
    model: type[models.Model], header: list[str], body: bytes, edition: Edition, twkb: Sequence[str]
) -> None:
    """Copy a file into its table; `twkb` names the columns that hold a geometry in that form."""
    fields = [model._meta.get_field(name) for name in header]
    strangers = set(twkb) - {f.name for f in fields if isinstance(f, BaseSpatialField)}
    if strangers:
        raise EditionFileError(f"{model._meta.label} : géométrie annoncée mais sans champ : {', '.join(strangers)}.")
    with connection.cursor() as cursor:
        columns = [
            sql.SQL("{} {}").format(
                sql.Identifier(f.name),
                sql.SQL("text" if f.related_model or f.name in twkb else f.db_type(connection)),
            )
            for f in fields
        ]
        cursor.execute(
            sql.SQL("CREATE TEMP TABLE {} ({}) ON COMMIT DROP").format(STAGING, sql.SQL(", ").join(columns))
        )
        texts = [f.name for f in fields if isinstance(f, models.CharField | models.TextField) and not f.null]
        never_null = sql.SQL(", FORCE_NOT_NULL ({})").format(sql.SQL(", ").join(map(sql.Identifier, texts)))
        options = sql.SQL("FORMAT csv") + (never_null if texts else sql.SQL(""))
        with cursor.copy(sql.SQL("COPY {} FROM STDIN ({})").format(STAGING, options)) as copy:
            copy.write(body)
        cursor.execute(_insert_statement(model, fields, edition, twkb))
        cursor.execute(sql.SQL("DROP TABLE {}").format(STAGING))
        # Later tables look up ids here: without fresh statistics the planner believes that the new edition is empty.
        cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(model._meta.db_table)))


def _insert_statement(
    model: type[models.Model], fields: list[Any], edition: Edition, twkb: Sequence[str]
) -> sql.Composable:
    """Insert the staged rows, codes of related rows turned into their ids; nomenclatures are refreshed in place."""
    names = [sql.Identifier(f.column) for f in fields]
    values = [_geometry_expression(f) if f.name in twkb else _value_expression(f, edition) for f in fields]
    is_edition_row = issubclass(model, EditionRow)
    if is_edition_row:
        names.append(sql.Identifier("edition_id"))
        values.append(sql.Literal(edition.pk))
    insert = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} AS staged").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(names), sql.SQL(", ").join(values), STAGING
    )
    if is_edition_row:
        return insert
    key = model._meta.pk.column
    changes = [sql.SQL("{0} = EXCLUDED.{0}").format(name) for name in names if name != sql.Identifier(key)]
    update = sql.SQL(" ON CONFLICT ({}) DO UPDATE SET {}").format(sql.Identifier(key), sql.SQL(", ").join(changes))
    return insert + update


def _geometry_expression(field: BaseSpatialField) -> sql.Composable:
    """Read a staged TWKB text; the column's own type then checks the kind of geometry."""
    read = sql.SQL("ST_SetSRID(ST_GeomFromTWKB(decode(staged.{}, 'base64')), {})").format(
        sql.Identifier(field.name), sql.Literal(field.srid)
    )
    return sql.SQL("({})::geography").format(read) if field.geography else read


def _value_expression(field: Any, edition: Edition) -> sql.Composable:
    staged = sql.SQL("staged.{}").format(sql.Identifier(field.name))
    target = field.related_model
    if target is None:
        return staged
    if target is Release:
        return sql.SQL("(SELECT id FROM {} WHERE key = {})").format(sql.Identifier(Release._meta.db_table), staged)
    if not issubclass(target, EditionRow):
        return staged
    # An unmatched code gives NULL, which the NOT NULL column refuses: nothing dangling is ever loaded.
    return sql.SQL("(SELECT id FROM {} WHERE edition_id = {} AND {} = {})").format(
        sql.Identifier(target._meta.db_table),
        sql.Literal(edition.pk),
        sql.Identifier(target._meta.get_field(target.reference_field).column),
        staged,
    )


def _show(edition: Edition) -> None:
    Edition.objects.filter(is_current=True).exclude(pk=edition.pk).update(is_current=False)
    edition.is_current = True
    edition.save(update_fields=("is_current",))


def _forget_old_editions() -> None:
    kept = Edition.objects.order_by("-is_current", "-loaded_at").values_list("pk", flat=True)[:EDITIONS_KEPT]
    for old in Edition.objects.exclude(pk__in=list(kept)):
        with transaction.atomic():
            lift_time_limit()
            for model in apps.get_models():
                if issubclass(model, EditionRow):
                    # Deleting by hand first: a cascade in Python would read every row.
                    rows = model.objects.of(old)
                    rows._raw_delete(rows.db)
            old.delete()
