"""Every value computed here is declared, and every declaration is computed."""

from basins.indicators import indicators
from infrastructure.reference import ACCESS_KINDS
from sources.apps import discover_datasets
from sources.registry import DATASETS
from tests.infrastructure.test_brownfields import derived_site, zone_values


def test_values_and_declarations_agree() -> None:
    computed = {f"access.{kind}_km" for kind in ACCESS_KINDS}
    computed |= set(zone_values(derived_site(0)).index.get_level_values("indicator"))
    assert {id_ for id_ in indicators() if id_.startswith(("access.", "land."))} == computed


def test_declarations_name_data_sets_that_exist() -> None:
    discover_datasets()
    declared = [one for one in indicators().values() if one.group in ("access", "land")]
    assert {slug for one in declared for slug in one.sources} <= set(DATASETS)
