"""Run the examples against a served site: to record their answers, and to check those recorded.

`python -m api.documentation.running http://127.0.0.1:8000` records; it is to be done for each new edition.
"""

import json
import subprocess
import sys
import tempfile

from api.documentation.examples import BASE, FOLDER, Example, examples
from api.documentation.shown_json import shown


def curl_answer(example: Example) -> str:
    """Return what the commands of an example print: JSON spread over lines and cut where it is long."""
    printed = run(["bash", "-c", example.curl])
    try:
        found = json.loads(printed)
    except ValueError:
        return printed
    return shown(found) if isinstance(found, dict) else printed


def python_answer(example: Example) -> str:
    """Return what the program of an example prints."""
    return run([sys.executable, "-c", example.python])


def run(command: list[str]) -> str:
    """Return what a command prints, run in a folder of its own; raises `CalledProcessError`."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.replace("\r\n", "\n").rstrip()


def record(base: str) -> None:
    """Write the answers of a site beside the examples."""
    for one in examples():
        asked = one.at(base)
        for name, answer in (("answer.json", curl_answer(asked)), ("answer.txt", python_answer(asked))):
            (FOLDER / one.name / name).write_text(f"{answer.replace(base, BASE)}\n", encoding="utf-8")


if __name__ == "__main__":
    record(sys.argv[1].rstrip("/"))
