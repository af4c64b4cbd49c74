"""Edition files -> derived tables on show."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from sources.edition_files import EditionFileError
from sources.loading import load_edition


class Command(BaseCommand):
    help = "Charge une édition et la met en service, en une transaction."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", nargs="?", type=Path, default=settings.BUILT_IN_EDITION, help="dossier d'édition"
        )
        parser.add_argument("--dry-run", action="store_true", help="charge puis annule")

    def handle(self, *, folder: Path, dry_run: bool, **_: Any) -> None:
        try:
            edition, is_new = load_edition(folder, dry_run=dry_run)
        except EditionFileError as error:
            raise CommandError(f"{error} L'édition en service n'a pas changé.") from error
        state = "essai réussi" if dry_run else "chargée" if is_new else "déjà en service"
        self.stdout.write(f"édition {edition.name} ({edition.content_hash[:12]}) : {state}")
