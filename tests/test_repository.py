"""The repository keeps its own rules."""

import re
import subprocess
from pathlib import Path

import pytest

from basins.indicators import indicators
from sources.apps import discover_datasets
from sources.editions import PROVIDERS, ordered_tables
from sources.registry import DATASETS

ROOT = Path(__file__).resolve().parent.parent
TEXT_SUFFIXES = {".py", ".toml", ".md", ".html", ".css", ".js", ".json", ".txt", ".in", ".sh", ".po", ".yml", ""}


@pytest.fixture(scope="module", autouse=True)
def _discovered() -> None:
    discover_datasets()


def tracked() -> list[Path]:
    """Files of the repository; those of the working tree where git does not answer."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listing.decode().split("\0") if name and (ROOT / name).is_file()]


def test_every_module_of_measures_has_its_test() -> None:
    modules = {path.stem for path in (ROOT / "measures").glob("*.py")} - {"__init__"}
    tested = {path.stem.removeprefix("test_") for path in (ROOT / "tests" / "measures").glob("test_*.py")}
    assert modules <= tested


def test_every_indicator_names_registered_sources_and_a_review_date() -> None:
    for one in indicators().values():
        assert set(one.sources) <= set(DATASETS), one.id
        assert one.reviewed.year >= 2026, one.id


def test_every_list_made_by_hand_says_that_it_is_a_judgement() -> None:
    lists = sorted(ROOT.glob("*/data/*.toml"))
    heads = {path: path.read_text(encoding="utf-8").partition("\n[")[0] for path in lists}
    assert len(lists) > 10
    assert [str(path.relative_to(ROOT)) for path, head in heads.items() if "judgement" not in head.lower()] == []


def test_every_data_set_feeds_a_table_and_every_need_is_registered() -> None:
    needed = {slug for provider in PROVIDERS for slug in provider.needs}
    used = {slug for provider in PROVIDERS for slug in provider.uses}
    assert needed | used == set(DATASETS)
    assert all(DATASETS[slug].is_optional for slug in used - needed)


def test_tables_can_be_ordered() -> None:
    assert len(ordered_tables(PROVIDERS)) == len({provider.table for provider in PROVIDERS})


def test_no_registry_address_and_no_path_of_a_machine() -> None:
    forbidden = re.compile("|".join(("pypi" + r"\.org", "registry" + r"\.npmjs", "/" + "work/", "/" + r"root/\.")))
    for path in tracked():
        if path.suffix in TEXT_SUFFIXES:
            found = forbidden.search(path.read_text(encoding="utf-8"))
            assert not found, f"{path.relative_to(ROOT)}: {found.group()}"


def test_no_third_party_file_is_committed() -> None:
    names = {path.name for path in tracked()}
    assert not {name for name in names if re.search(r"(plotly|maplibre|htmx).*\.(js|mjs|css)$|\.woff2?$", name)}


def test_the_built_in_edition_is_light() -> None:
    assert sum(path.stat().st_size for path in (ROOT / "fixtures").rglob("*")) < 12_000_000
