"""Run every measure, print the table, keep it as JSON: `make bench`, or `make bench ONLY=kernel,rerank`."""

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from bench.protocol import Line

MODULES = (
    "kernel", "robustness", "relatedness", "rerank", "batch", "reverse", "tiles", "bulk_import", "geometry",
    "edition", "pages", "reports", "files", "ogc", "interface",
)  # fmt: skip
NAME_WIDTH = 58


def main() -> int:
    """Return 1 when a run was too noisy to be believed, 0 otherwise: a missed aim is a figure, not an error."""
    asked = arguments()
    lines = [line for name in asked.only for line in measures(name)()]
    noisy = [line.name for line in lines if line.is_noisy]
    report = {"machine": machine(), "lines": [asdict(line) for line in lines], "noisy": noisy}
    if asked.output:
        asked.output.parent.mkdir(parents=True, exist_ok=True)
        asked.output.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(f"\nFigures : {asked.output}")
    if noisy:
        print(f"\nMachine trop occupée : le témoin s'écarte de 1 de plus de 10 % pour {', '.join(noisy)}.")
        print("Fermez ce qui tourne à côté et relancez : ces rapports ne valent rien.")
    return 1 if noisy else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--only", type=lambda text: text.split(","), default=list(MODULES), metavar="MESURE,…")
    parser.add_argument("--output", type=Path)
    asked = parser.parse_args()
    unknown = [name for name in asked.only if name not in MODULES]
    if unknown:
        parser.error(f"mesure inconnue : {', '.join(unknown)}. Mesures : {', '.join(MODULES)}.")
    return asked


def measures(name: str) -> Callable[[], list[Line]]:
    """Return the measure of a module, which prints each of its lines as it comes."""

    def run() -> list[Line]:
        lines = import_module(f"bench.{name}").measure()
        for line in lines:
            print(shown(line), flush=True)
        return lines

    return run


def shown(line: Line) -> str:
    """Return a line of the table."""
    verdict = "bruit" if line.is_noisy else "—" if not line.aim else "atteint" if line.is_met else "manqué"
    spread = f"[{figure(line.low)} ; {figure(line.high)}]"
    value = f"{figure(line.value)} {line.unit}"
    return f"{line.name:<{NAME_WIDTH}} {value:>18} {spread:>20}  {line.aim:>7}  {verdict:<8} {line.detail}"


def figure(value: float) -> str:
    """Return a figure with three significant digits or so, decimal comma."""
    decimals = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:.{decimals}f}".replace(".", ",")


def machine() -> dict[str, object]:
    """Return what the figures were taken on."""
    return {"cores": os.cpu_count(), "python": platform.python_version(), "machine": platform.machine()}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    sys.exit(main())
