"""Files -> one release each."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sources.apps import discover_datasets
from sources.brought import changed_since_brought
from sources.readers import LayoutError
from sources.registry import DATASETS, Dataset, Rejected
from sources.services import RefusedRows, ingest_file

REASONS_SHOWN = 8
UNFINISHED = (".part", ".part.json", ".unpacked")


class Command(BaseCommand):
    help = "Charge des fichiers de producteurs : un fichier devient une publication, en entier ou pas du tout."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="+", help="identifiants de jeux de données, ou « all »")
        parser.add_argument("--data", type=Path, help="dossier où chercher les fichiers")
        parser.add_argument("--file", type=Path, help="fichier à lire (un seul jeu de données)")
        parser.add_argument("--vintage", default="", help="millésime, s'il diffère de celui déclaré")
        parser.add_argument("--part", default="", help="territoire que le fichier couvre, s'il n'en est qu'une partie")
        parser.add_argument(
            "--strict", action="store_true", help="ne charge pas un fichier dont une seule ligne est rejetée"
        )
        parser.add_argument("--dry-run", action="store_true", help="lit et vérifie sans rien écrire")

    def handle(
        self,
        *,
        names: list[str],
        data: Path,
        file: Path,
        vintage: str,
        part: str,
        dry_run: bool,
        strict: bool,
        **_: Any,
    ) -> None:
        discover_datasets()
        datasets = chosen_datasets(names)
        refuse_part(part, datasets)
        for dataset in datasets:
            if names == ["all"] and dataset.is_optional:
                continue
            path = file or find_file(dataset, data)
            if changed_since_brought(path):
                self.stdout.write(f"{path.name} a changé depuis son téléchargement : ce n'est plus le fichier publié.")
            try:
                report = ingest_file(dataset, path, vintage=vintage, part=part, dry_run=dry_run, strict=strict)
            except LayoutError as error:
                raise CommandError(f"{dataset.slug} : {error} Rien n'a été chargé.") from error
            except RefusedRows as error:
                self.stdout.write("\n".join(refusal_summary(error.report.rejected)))
                raise CommandError(
                    f"{dataset.slug}, {path.name} : {error}. Rien n'a été chargé (--strict)."
                ) from error
            state = "essai" if dry_run else "chargée" if report.is_new else "déjà chargée"
            self.stdout.write(
                f"{report.release_key} : {state}, {report.row_count} lignes, {len(report.rejected)} rejetées"
            )
            for line in refusal_summary(report.rejected):
                self.stdout.write(line)


def refusal_summary(rejected: Sequence[Rejected]) -> list[str]:
    """Return what was refused, a line for each reason: how many rows, and the first of them."""
    groups: dict[tuple[str, str], list[Rejected]] = {}
    for row in rejected:
        groups.setdefault((row.column, row.reason), []).append(row)
    ordered = sorted(groups.values(), key=len, reverse=True)
    lines = [
        f"  ligne {one[0].line}, {one[0].column} = {one[0].value[:80]!r} : {one[0].reason}{_more(one)}"
        for one in ordered[:REASONS_SHOWN]
    ]
    rest = sum(map(len, ordered[REASONS_SHOWN:]))
    return [*lines, f"  et {rest} lignes pour d'autres raisons"] if rest else lines


def _more(rows: Sequence[Rejected]) -> str:
    return f" ({len(rows)} lignes)" if len(rows) > 1 else ""


def chosen_datasets(names: list[str]) -> list[Dataset]:
    """Return the data sets named, or all; raises `CommandError` on an unknown name."""
    if names == ["all"]:
        return [DATASETS[slug] for slug in sorted(DATASETS)]
    unknown = [name for name in names if name not in DATASETS]
    if unknown:
        raise CommandError(f"jeu de données inconnu : {', '.join(unknown)}. Connus : {', '.join(sorted(DATASETS))}.")
    return [DATASETS[name] for name in names]


def refuse_part(part: str, datasets: list[Dataset]) -> None:
    """Raise `CommandError` where a part is named for a data set that is published whole."""
    whole = [one.slug for one in datasets if part and not one.is_in_parts]
    if whole:
        raise CommandError(f"{', '.join(whole)} se publie en un seul fichier : retirez --part.")


def find_file(dataset: Dataset, folder: Path | None) -> Path:
    """Return the newest file of a data set in a folder, by name; raises `CommandError` when there is none."""
    if folder is None or not folder.is_dir():
        raise CommandError("indiquez le dossier des fichiers avec --data, ou un fichier avec --file.")
    patterns = (*dataset.patterns, f"{dataset.slug}_[0-9]*")
    found = sorted(
        {path for pattern in patterns for path in folder.rglob(pattern) if not path.name.endswith(UNFINISHED)}
    )
    if not found:
        raise CommandError(f"{dataset.slug} : aucun fichier {' ou '.join(dataset.patterns)} dans {folder}.")
    return found[-1]
