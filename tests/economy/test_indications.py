"""What industrial geographical indications make: exact activities, and none forgotten."""

import pytest

from economy.indications import indication_prefixes, makes
from economy.models import GeographicalIndication, Sector


@pytest.mark.django_db
def test_every_indication_of_the_edition_says_what_it_makes_within_its_division() -> None:
    rows = list(GeographicalIndication.objects.values_list("name", "division"))
    codes = list(Sector.objects.filter(level="subclass").values_list("code", flat=True))
    assert len(rows) == 13
    for name, division in rows:
        prefixes = indication_prefixes()[name]
        assert any(prefix.startswith(division) for prefix in prefixes), name
        assert all(any(code.startswith(prefix) for code in codes) for prefix in prefixes), name


def test_porcelain_says_nothing_of_cement() -> None:
    assert makes("Porcelaine de Limoges", "23", "23.41Z")
    assert not makes("Porcelaine de Limoges", "23", "23.51Z")


def test_an_indication_that_the_file_does_not_name_speaks_for_its_division() -> None:
    assert makes("Indication nouvelle", "23", "23.51Z") and not makes("Indication nouvelle", "23", "13.20Z")
