"""`make check`: the tools that read the code, without running the tests."""

import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from config.setup.places import Places
from config.setup.steps import say, seconds

# What a production server would have; the settings are judged with it, and nothing is silenced.
PRODUCTION = {"BASSINS_LOOPBACK": "0", "ALLOWED_HOSTS": "bassins.example.org"}
TIMEOUT_S = 300


@dataclass(frozen=True)
class Check:
    """One tool: its name, its command inside the environment, and the variables it changes."""

    title: str
    command: Sequence[str]
    variables: Mapping[str, str] = field(default_factory=dict)


CHECKS = (
    Check("ruff", ("ruff", "check", ".")),
    Check("djlint", ("djlint", "templates", "--lint", "--quiet")),
    Check("import-linter", ("lint-imports",)),
    Check("mypy", ("mypy",)),
    Check("migrations", ("python", "manage.py", "makemigrations", "--check", "--dry-run")),
    Check("production", ("python", "manage.py", "check", "--deploy", "--fail-level=WARNING"), PRODUCTION),
)


def run_checks(places: Places, environment: Mapping[str, str]) -> bool:
    """Run every check, print what fails, and tell whether all passed."""
    verdicts = [run_check(check, places, environment) for check in CHECKS]
    return all(verdicts)


def run_check(check: Check, places: Places, environment: Mapping[str, str]) -> bool:
    """Run one tool and print its verdict, with its output when it fails."""
    program, *arguments = check.command
    began = time.monotonic()
    done = subprocess.run(
        [str(places.venv / "bin" / program), *arguments],
        cwd=places.checkout,
        env={**environment, **check.variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    verdict = "échec" if done.returncode else "réussi"
    say(f"  {check.title} : {verdict}, {seconds(time.monotonic() - began)}")
    if done.returncode:
        say(done.stdout)
    return done.returncode == 0
