"""Files made for the site: compiled translations and static files under their hashed names."""

import os
from pathlib import Path

from config.setup.places import Places
from config.setup.stamps import digest, unless_done
from config.setup.steps import Shell


def prepare(places: Places, shell: Shell) -> str:
    """Compile translations and collect static files when they changed; return the note of the step."""
    compile_translations(places, shell)
    folders = [places.checkout / "static", places.checkout / ".vendor" / "static"]
    # Some static files come with Python packages, and settings say how they are named.
    facts = [places.checkout / "requirements.txt", places.checkout / "config" / "settings.py"]
    value = digest([*folders, *facts])
    return unless_done(places.stamps / "static", value, lambda: collect(places, shell))


def collect(places: Places, shell: Shell) -> None:
    """Run Django's collectstatic."""
    shell.run(
        [places.python, "manage.py", "collectstatic", "--skip-checks", "--no-input", "--verbosity=0"],
        what="rassembler les fichiers statiques (collectstatic)",
        remedy="corriger le fichier nommé ci-dessus.",
    )


def compile_translations(places: Places, shell: Shell) -> None:
    """Compile each catalogue that is newer than its compiled form."""
    for catalogue in sorted((places.checkout / "locale").glob("*/LC_MESSAGES/*.po")):
        compiled = catalogue.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime:
            compile_one(catalogue, compiled, shell)


def compile_one(catalogue: Path, compiled: Path, shell: Shell) -> None:
    """Compile a catalogue; a running site never sees half of one."""
    unfinished = compiled.with_suffix(".mo.new")
    shell.run(
        ["msgfmt", "--check", f"--output-file={unfinished}", str(catalogue)],
        what=f"compiler {catalogue.name}",
        remedy="corriger la ligne nommée ci-dessus.",
    )
    os.replace(unfinished, compiled)
