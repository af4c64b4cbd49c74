"""`make edition DATA=folder`: read the producers' files and rebuild the built-in edition."""

import subprocess
from contextlib import ExitStack
from pathlib import Path

from config.setup import preparation
from config.setup.places import places_of
from config.setup.run import private_start
from config.setup.steps import Failure, follow, say


def build(data: str) -> int:
    """Ingest every data set of a folder and write the edition under `fixtures/`; return the exit status."""
    folder = Path(data).expanduser()
    if not data or not folder.is_dir():
        raise Failure(f"lire DATA={data}", "ce n'est pas un dossier", "make edition DATA=dossier-des-fichiers")
    places = places_of("run")
    shell = preparation.first_shell(places)
    with ExitStack() as stack:
        first, site = private_start(places, shell, stack)
        tables = preparation.data_steps(places, site)[0]
        follow([*first, tables])
        for command in (
            ("ingest", "all", "--data", str(folder.resolve())),
            ("build_edition", "--output", "fixtures/edition"),
        ):
            say(f"manage.py {' '.join(command[:2])}")
            arguments = [places.python, "manage.py", *command]
            if subprocess.run(arguments, cwd=places.checkout, env=site.environment, check=False).returncode:
                raise Failure(f"manage.py {command[0]}", "voir les messages ci-dessus", "corriger, puis relancer")
    return 0
