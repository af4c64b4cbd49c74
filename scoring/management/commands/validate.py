"""Judge the score on what came after, print the figures and keep them with the edition: `make validate`."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from scoring.errors import NoEdition
from scoring.service import current_edition, current_facts
from scoring.validation.fine_run import run_fine
from scoring.validation.results import write_results
from scoring.validation.run import run
from scoring.validation.table import fine_lines, lines
from sources.readers import LayoutError


class Command(BaseCommand):
    help = "Éprouve le score sur les années suivantes et garde les chiffres avec l'édition."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--fine",
            type=Path,
            metavar="FICHIER",
            help="export Urssaf commune x APE : juge les entrées par sous-classe, au lieu de l'épreuve de l'édition",
        )

    def handle(self, *, fine: Path | None, **_: Any) -> None:
        began = time.monotonic()

        def say(text: str) -> None:
            self.stdout.write(f"[{time.monotonic() - began:5.1f} s] {text}…")
            self.stdout.flush()

        try:
            if fine:
                for line in fine_lines(run_fine(current_facts(), current_edition(), fine, say)):
                    self.stdout.write(line)
                return
            results = run(current_facts(), current_edition(), say)
        except NoEdition as error:
            raise CommandError("aucune édition n'est chargée : manage.py load_edition, puis relancer.") from error
        except ModuleNotFoundError as error:
            raise CommandError(
                f"{error.name} manque : il sert de plafond au banc d'essai. Installer requirements-dev.txt, ou lancer "
                "make validate, qui l'installe."
            ) from error
        except ValueError as error:
            raise CommandError(f"{error} Reprendre avec des données qui contiennent ces années.") from error
        except LayoutError as error:
            raise CommandError(f"{error}") from error
        for line in lines(results):
            self.stdout.write(line)
        path = write_results(results)
        self.stdout.write(f"\n{path.parent.name}/{path.name} écrit en {time.monotonic() - began:.0f} s")
