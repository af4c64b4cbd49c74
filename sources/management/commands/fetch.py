"""Network -> files, named so that `ingest` finds them."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sources.apps import discover_datasets
from sources.brought import addresses, bring, file_name
from sources.fetching import FetchError
from sources.management.commands.ingest import chosen_datasets
from sources.registry import Dataset


class Command(BaseCommand):
    help = "Télécharge les fichiers des producteurs dans un dossier ; ne charge rien dans la base."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="+", help="identifiants de jeux de données, ou « all »")
        parser.add_argument("--data", type=Path, required=True, help="dossier où ranger les fichiers")
        parser.add_argument("--force", action="store_true", help="reprend un fichier déjà là")
        parser.add_argument("--dry-run", action="store_true", help="dit ce qui serait téléchargé")

    def handle(self, *, names: list[str], data: Path, force: bool, dry_run: bool, **_: Any) -> None:
        discover_datasets()
        failures = []
        for dataset in chosen_datasets(names):
            where = addresses().get(dataset.slug)
            if where is None:
                self.stdout.write(by_hand(dataset))
            elif dry_run:
                self.stdout.write(f"{dataset.slug} : {where.address} -> {data / file_name(dataset, where)}")
            else:
                try:
                    self.stdout.write(f"{dataset.slug} : {bring(dataset, where, data, force=force)}")
                except FetchError as error:
                    failures.append(dataset.slug)
                    self.stderr.write(f"{dataset.slug} : {error}")
        if failures:
            raise CommandError(f"non téléchargés : {', '.join(failures)}. Relancez « fetch » sur ceux-là.")


def by_hand(dataset: Dataset) -> str:
    """Return what to download, from which page and under which name, where no address is known."""
    page = dataset.page or "la page du producteur"
    return (
        f"{dataset.slug} : à télécharger à la main. {dataset.producer}, « {dataset.title} » : {page} ; "
        f"nommez le fichier {' ou '.join(dataset.patterns)}"
    )
