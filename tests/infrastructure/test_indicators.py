"""Every value computed here is declared, and every declaration is computed."""

from pathlib import Path

from django.apps import apps

from basins.indicators import FILE_NAME, read_indicators
from infrastructure.derive import values
from infrastructure.reference import ACCESS_KINDS
from sources.apps import discover_datasets
from sources.registry import DATASETS
from tests.infrastructure.test_brownfield_counts import COUNTS, fed
from tests.infrastructure.test_brownfields import derived_site, zone_values

DECLARED = read_indicators(Path(apps.get_app_config("infrastructure").path) / FILE_NAME)


def test_values_and_declarations_agree() -> None:
    computed = {f"access.{kind}_km" for kind in ACCESS_KINDS}
    computed |= set(zone_values(derived_site(0)).index.get_level_values("indicator"))
    build = fed(COUNTS)
    build.tables["infrastructure.CommuneBrownfields"] = values.commune_brownfields(build)
    computed |= set(values.listed_values(build)["indicator"])
    # Told only where a region has loaded an inventory of its own.
    computed |= {"land.local_covered_pct", "land.parks_covered_pct"}
    assert {indicator.id for indicator in DECLARED} == computed


def test_declarations_name_data_sets_that_exist() -> None:
    discover_datasets()
    assert {slug for indicator in DECLARED for slug in indicator.sources} <= set(DATASETS)
