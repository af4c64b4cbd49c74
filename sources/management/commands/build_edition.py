"""Named releases -> edition files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sources.apps import discover_datasets
from sources.edition_files import write_edition
from sources.editions import PROVIDERS, Build, BuildError, compute_tables, releases_in_use
from sources.progress import track


class Command(BaseCommand):
    help = "Calcule les tables dérivées à partir des publications chargées et écrit les fichiers d'édition."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--output", type=Path, required=True, help="dossier d'édition à écrire")
        parser.add_argument("--name", default="2026.1", help="nom lisible de l'édition")
        parser.add_argument("--dry-run", action="store_true", help="calcule sans écrire")

    def handle(self, *, output: Path, name: str, dry_run: bool, **_: Any) -> None:
        discover_datasets()
        build = Build(releases_in_use())
        total = len({one.table for one in PROVIDERS})
        tables = track(compute_tables(build), label="build_edition", unit="tables", total=total)
        used = {slug for one in PROVIDERS for slug in (*one.needs, *one.uses)}
        releases = [release for slug, parts in build.releases.items() if slug in used for release in parts]
        try:
            if dry_run:
                for label, table in tables:
                    self.stdout.write(f"{label} : {len(table)} lignes")
                return
            manifest = write_edition(output, name=name, tables=tables, releases=releases)
        except BuildError as error:
            raise CommandError(f"{error}") from error
        for entry in manifest.tables:
            self.stdout.write(f"{entry['table']} : {entry['rows']} lignes")
        self.stdout.write(f"édition {manifest.name} ({manifest.content_hash[:12]}) écrite")
