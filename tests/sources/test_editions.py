import pandas as pd
import pytest

from sources.editions import Build, BuildError, Provider, compute_tables, natural_key, ordered_tables
from sources.models import Release


def provider(table, frame, *, after=(), needs=()):
    return Provider(table, lambda build: frame, needs, after)


@pytest.fixture
def providers(monkeypatch):
    made: list[Provider] = []
    monkeypatch.setattr("sources.editions.PROVIDERS", made)
    return made


def regions(*codes):
    return pd.DataFrame({"code": list(codes), "name": [f"R{code}" for code in codes]})


def test_a_table_comes_after_those_it_reads():
    none = pd.DataFrame()
    given = [
        provider("c.C", none, after=("a.A", "b.B")),
        provider("b.B", none, after=("a.A",)),
        provider("a.A", none),
        provider("a.A", none),
    ]
    assert ordered_tables(given) == ["a.A", "b.B", "c.C"]


def test_tables_in_a_circle_or_without_provider_stop():
    none = pd.DataFrame()
    with pytest.raises(BuildError, match="cercle"):
        ordered_tables([provider("a.A", none, after=("b.B",)), provider("b.B", none, after=("a.A",))])
    with pytest.raises(BuildError, match=r"sans fournisseur : a\.A"):
        ordered_tables([provider("a.A", none, after=("x.X",))])


def test_parts_of_a_table_are_joined_and_sorted_by_their_key(providers):
    providers += [provider("basins.Region", regions("93", "11")), provider("basins.Region", regions("24"))]
    [(label, table)] = list(compute_tables(Build({})))
    assert label == "basins.Region"
    assert table["code"].tolist() == ["11", "24", "93"]


def test_a_repeated_key_stops(providers):
    providers.append(provider("basins.Region", regions("11", "24", "11")))
    with pytest.raises(BuildError, match="double.*11"):
        list(compute_tables(Build({})))


def test_a_column_that_is_no_field_stops(providers):
    providers.append(provider("basins.Region", regions("11").assign(colour="red")))
    with pytest.raises(BuildError, match="colour"):
        list(compute_tables(Build({})))


def test_a_data_set_not_ingested_stops_with_what_to_run(providers):
    providers.append(provider("basins.Region", regions("11"), needs=("insee-regions", "lovac")))
    with pytest.raises(BuildError, match="lovac.*ingest lovac"):
        list(compute_tables(Build({"insee-regions": Release(key="k")})))


def test_later_tables_read_the_earlier_ones(providers):
    providers.append(provider("basins.Region", regions("11")))

    def departments(build):
        return pd.DataFrame({"code": ["75"], "name": ["P"], "region": build.table("basins.Region")["code"]})

    providers.append(Provider("basins.Department", departments, (), ("basins.Region",)))
    assert [label for label, _table in compute_tables(Build({}))] == ["basins.Region", "basins.Department"]


def test_natural_keys():
    from basins.models import EmploymentZone, Region, ZoneValue

    assert natural_key(EmploymentZone) == ["code"]
    assert natural_key(ZoneValue) == ["indicator", "zone"]
    assert natural_key(Region) == ["code"]


def test_a_data_set_that_is_only_used_may_be_away(providers):
    frame = regions("11")
    providers.append(Provider("basins.Region", lambda build: frame, (), (), uses=("own-regions",)))
    [(_label, table)] = list(compute_tables(Build({})))
    assert table["code"].tolist() == ["11"]
