from typing import NamedTuple

import pytest

from basins.raw import RawRegion
from sources.registry import DATASETS, ingestor


class Row(NamedTuple):
    code: str
    name: str


def declaration(slug: str) -> dict[str, object]:
    return {
        "slug": slug, "title": "T", "producer": "P", "vintage": "1", "licence": "L", "page": "",
        "patterns": ("*.csv",), "record": Row, "model": RawRegion,
    }  # fmt: skip


@pytest.fixture
def registered(monkeypatch):
    monkeypatch.setattr("sources.registry.DATASETS", DATASETS.copy())


@pytest.mark.usefixtures("registered")
def test_a_reader_is_found_by_its_slug_and_left_usable():
    from sources import registry

    @ingestor(**declaration("essai-unique"))
    def parse(path):
        yield Row("11", path)

    assert registry.DATASETS["essai-unique"].columns == ("code", "name")
    assert list(registry.DATASETS["essai-unique"].parse("x")) == list(parse("x")) == [("11", "x")]


@pytest.mark.usefixtures("registered")
def test_the_same_slug_twice_is_refused():
    ingestor(**declaration("essai-unique"))(iter)
    with pytest.raises(ValueError, match="essai-unique"):
        ingestor(**declaration("essai-unique"))(iter)
