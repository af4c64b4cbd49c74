"""Front-end packages: one version of plotly on both sides, complete files, a lock without addresses."""

import json
from pathlib import Path

import plotly.offline
import pytest

from config.setup.frontend import FILES, copy_files
from config.setup.places import CHECKOUT
from config.setup.steps import Failure

WANTED = json.loads((CHECKOUT / "package.json").read_text())["dependencies"]
LOCK = json.loads((CHECKOUT / "package-lock.json").read_text())


def test_plotly_is_the_version_that_its_python_package_draws_for() -> None:
    assert WANTED["plotly.js-basic-dist-min"] == plotly.offline.get_plotlyjs_version()


def test_the_lock_holds_what_is_asked_with_checksums_and_without_addresses() -> None:
    locked = {name.removeprefix("node_modules/"): package for name, package in LOCK["packages"].items() if name}
    assert {name: locked[name]["version"] for name in WANTED} == WANTED
    assert all(package["integrity"].startswith("sha512-") for package in locked.values())
    assert not any("resolved" in package for package in locked.values())


def test_python_locks_have_checksums_and_no_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (CHECKOUT / name).read_text().splitlines()
        pins = [position for position, line in enumerate(lines) if line and line[0].isalnum()]
        assert len(pins) > 20
        assert all("--hash=sha256:" in lines[position + 1] for position in pins)
        assert not any("://" in line or line.startswith("-") for line in lines)


def test_exactly_the_files_of_the_table_are_copied(tmp_path: Path) -> None:
    for source in [*FILES.values(), "maplibre-gl/dist/maplibre-gl-dev.mjs"]:
        (tmp_path / "packages" / source).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "packages" / source).write_text(source)
    target = tmp_path / "vendor"
    (target / "old").mkdir(parents=True)
    (target / "old" / "file.js").touch()
    copy_files(tmp_path / "packages", target)
    copied = {str(path.relative_to(target)): path.read_text() for path in target.rglob("*") if path.is_file()}
    assert copied == FILES


def test_a_package_that_lost_a_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Failure, match="maplibre-gl/dist/maplibre-gl.mjs"):
        copy_files(tmp_path, tmp_path / "vendor")
