"""Judge the score on what came after, print the figures and keep them with the edition: `make validate`."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from scoring.errors import NoEdition
from scoring.service import current_edition, current_facts
from scoring.validation.results import write_results
from scoring.validation.run import run
from scoring.validation.table import lines


class Command(BaseCommand):
    help = "Éprouve le score sur les années suivantes et garde les chiffres avec l'édition."

    def handle(self, **_: Any) -> None:
        began = time.monotonic()

        def say(text: str) -> None:
            self.stdout.write(f"[{time.monotonic() - began:5.1f} s] {text}…")
            self.stdout.flush()

        try:
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
        for line in lines(results):
            self.stdout.write(line)
        path = write_results(results)
        self.stdout.write(f"\n{path.parent.name}/{path.name} écrit en {time.monotonic() - began:.0f} s")
