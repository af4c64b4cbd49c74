"""Living conditions, on small hand-written files in the producers' layouts, bad rows and layouts included."""

import json

import pytest

from basins.ingest import market, people, surroundings
from sources.readers import LayoutError
from tests.basins.test_ingest import accepted, refusals, workbook, written


def document(tmp_path, name, content):
    return written(tmp_path, name, json.dumps(content))


def test_equipment_not_named_is_a_zero(tmp_path):
    content = {
        "communes": {"11045": {"poste": 1, "ecole_primaire": 1}, "2A004": {"infirmier": 40, "gare": 1}, "1": {}}
    }
    rows = list(surroundings.parse_equipment(document(tmp_path, "bpe_2024_communes.json.gz", content)))
    assert accepted(rows) == [("11045", 0, 0, 0, 1, 0, 0, 0, 0), ("2A004", 40, 0, 0, 0, 0, 0, 0, 1)]
    assert refusals(rows) == [(3, "insee", "1")]


def test_equipment_is_a_whole_number(tmp_path):
    content = {"communes": {"11045": {"infirmier": 1.5}, "11046": {"gare": -1}, "11047": {"gare": "n.d."}}}
    rows = list(surroundings.parse_equipment(document(tmp_path, "bpe_2024_communes.json.gz", content)))
    assert refusals(rows) == [(1, "infirmier", "1.5"), (2, "gare", "-1"), (3, "gare", "n.d.")]


def test_density_levels_are_those_of_the_grid(tmp_path):
    text = (
        "\ufeffinsee_com,lib_com,niveau_densite\n01001,A,Bourgs ruraux\n1002,B,Bourgs ruraux\n"
        "01003,C,Rural\n01001,A,Petites villes\n"
    )
    rows = list(surroundings.parse_density_levels(written(tmp_path, "d.csv", text)))
    assert accepted(rows) == [("01001", "Bourgs ruraux")]
    assert refusals(rows) == [(3, "insee_com", "1002"), (4, "niveau_densite", "Rural"), (5, "insee_code", "01001")]


def test_disaster_orders(tmp_path):
    communes = [
        {"insee": "01001", "total": 10, "recent": 5, "last_year": 2023, "inond": 4},
        {"insee": "01002", "total": 2, "recent": 3, "last_year": 2023},
        {"insee": "01002", "total": 2.5, "recent": 0},
    ]
    content = {"ref_year": 2025, "window_years": 10, "communes": communes}
    rows = list(surroundings.parse_disaster_orders(document(tmp_path, "c.json.gz", content)))
    assert accepted(rows) == [("01001", 10, 5)]
    assert refusals(rows) == [(2, "recent", "3"), (3, "total", "2.5")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"communes": {}, "window_years": 10}, "communes"),
        ({"communes": [], "window_years": 5}, "dix ans"),
        ({"communes": [{"insee": "01001"}], "window_years": 10}, "total"),
    ],
)
def test_disaster_orders_of_another_layout_are_refused(tmp_path, content, message):
    with pytest.raises(LayoutError, match=message):
        list(surroundings.parse_disaster_orders(document(tmp_path, "c.json.gz", content)))


OLDER = (
    '"","INSEE_COM","Annee","Nb_mutations","NbMaisons","NbApparts","propmaison","propappart","PrixMoyen",'
    '"Prixm2Moyen","SurfaceMoy"\n'
)
NEWER = "INSEE_COM,annee,nb_mutations,NbMaisons,NbApparts,PropMaison,PropAppart,PrixMoyen,Prixm2Moyen,SurfaceMoy\n"


def test_prices_are_read_in_the_layout_of_2024_and_in_the_older_one(tmp_path):
    older = OLDER + '"1","01001","2015",10,10,0,100,0,177600.1,1729.1,104.7\n"2",NA,"2015",5,5,0,100,0,1,1189,154.6\n'
    newer = NEWER + "01001,2024,4,4,0,0,100,290575,3258,96\n,2024,2,2,0,0,100,267500,1942,140\n"
    found = list(market.parse_earlier_prices(written(tmp_path, "dvf_indicateurs_communes_2015.csv.gz", older)))
    assert found == [("01001", 2015, 10, 1729.1)]
    found = list(market.parse_prices(written(tmp_path, "dvf_indicateurs_communes_2024.csv.gz", newer)))
    assert found == [("01001", 2024, 4, 3258.0)]


def test_prices_that_make_no_sense_are_refused(tmp_path):
    text = NEWER + (
        "01001,2024,4,4,0,0,100,290575,3258,96\n01001,2024,4,4,0,0,100,290575,3258,96\n"
        "01002,2024,0,0,0,0,100,290575,3258,96\n01003,2024,4,4,0,0,100,290575,3258000,96\n"
        "1004,2024,4,4,0,0,100,290575,3258,96\n01005,2024,4.5,4,0,0,100,290575,3258,96\n"
    )
    rows = list(market.parse_prices(written(tmp_path, "dvf_indicateurs_communes_2024.csv.gz", text)))
    assert accepted(rows) == [("01001", 2024, 4, 3258.0)]
    assert [one[:2] for one in refusals(rows)] == [
        (3, "insee_code"), (4, "nb_mutations"), (5, "Prixm2Moyen"), (6, "INSEE_COM"), (7, "nb_mutations"),
    ]  # fmt: skip


def test_flat_prices_stand_between_their_quartiles(tmp_path):
    text = (
        "INSEE_C;DEP;n;p25;p50;p75;n_small;p50_small\n01004;01;246;1924.45;2316.42;2727.27;65;2600\n"
        "97127;97;3;1000;1500;2000;;\n01005;01;48;2393.19;2284.33;2919.96;12;2925.73\n"
    )
    rows = list(market.parse_flat_prices(written(tmp_path, "dvf_appartements_2022_2024_communes.csv.gz", text)))
    assert accepted(rows) == [("01004", 246, 2316.42)]
    assert refusals(rows) == [(4, "p50", "2284.33")]


def test_a_commune_without_rate_of_property_tax_is_unknown_not_free_of_tax(tmp_path):
    content = {"communes": {"12003": {"tfpb_pct": 38.64}, "12007": {"teom_pct": 12.0}, "12008": {"tfpb_pct": 386.4}}}
    rows = list(market.parse_property_taxes(document(tmp_path, "fiscalite_tfpb_2025_communes.json.gz", content)))
    assert accepted(rows) == [("12003", 38.64), ("12007", None)]
    assert refusals(rows) == [(3, "tfpb_pct", "386.4")]


def test_permits_keep_a_blank_apart_from_a_zero(tmp_path):
    content = {
        "communes": {
            "01001": {"y0": 2013, "a": [5, -1, 0], "s": [4, 4, -1], "c": [0, 4, 0]},
            "01002": {"y0": 2013, "a": []},
            "01003": {"y0": 2013, "a": [5, 1.5]},
            "01004": {"y0": "deux mille", "a": [5]},
            "01005": {"y0": 2013, "a": [5, "x"]},
        }
    }
    rows = list(market.parse_permits(document(tmp_path, "sitadel_logements_2013_2025_communes.json.gz", content)))
    assert accepted(rows) == [("01001", 2013, [5, None, 0])]
    assert [one[:2] for one in refusals(rows)] == [(2, "a"), (3, "a"), (4, "y0"), (5, "a")]


def unemployment_workbook(path, header, rows):
    titles = [["Taux de chômage localisés"], ["Source : Insee"], [None], ["en %"], ["Code de la zone"]]
    return workbook(path, "txcho_ze", [*titles, header, *rows])


def test_unemployment_is_read_from_the_workbook_of_insee(tmp_path):
    header = ["ZE2020", "LIBZE2020", "REG", "LIBREG", "2003-T1", "2023-T3"]
    rows = [["0051", "Alençon", "00", "INTER", 7.0, 6.5], ["0101", "Basse-Terre", "01", "GUADELOUPE", None, 18.2]]
    path = unemployment_workbook(tmp_path / "chomage-zone-t1-2003-t3-2023.xlsx", header, rows)
    assert list(people.parse_unemployment(path)) == [
        ("0051", "2003-T1", 7.0), ("0051", "2023-T3", 6.5), ("0101", "2023-T3", 18.2),
    ]  # fmt: skip


def test_unemployment_is_read_from_an_extract_too(tmp_path):
    zes = {"0051": {"label": "Alençon", "rate_pct": [7.4, 7.1]}, "51": {"label": "x", "rate_pct": [7.4, 71.0]}}
    content = {"meta": {}, "quarters": ["2021-T1", "2021-T2"], "zes": zes, "communes": {}}
    rows = list(people.parse_unemployment(document(tmp_path, "chomage_ze_2021.json", content)))
    assert accepted(rows) == [("0051", "2021-T1", 7.4), ("0051", "2021-T2", 7.1)]
    assert [one[:2] for one in refusals(rows)] == [(2, "zone"), (2, "zone")]


def test_unemployment_of_an_unknown_layout_is_refused(tmp_path):
    header = ["ZE2020", "LIBZE2020", "REG", "LIBREG", "T1 2003"]
    path = unemployment_workbook(tmp_path / "chomage-zone-t1-2003-t3-2023.xlsx", header, [["0051", "A", "00", "I", 7]])
    with pytest.raises(LayoutError, match="trimestre"):
        list(people.parse_unemployment(path))
    short = {"quarters": ["2021-T1", "2021-T2"], "zes": {"0051": {"rate_pct": [7.4]}}}
    with pytest.raises(LayoutError, match="zone 0051"):
        list(people.parse_unemployment(document(tmp_path, "chomage_ze_2021.json", short)))


def test_secret_income_is_neither_unknown_nor_zero(tmp_path):
    text = (
        "CODGEO;NBMENFISC21;NBPERSMENFISC21;MED21;TP6021\n01001;346;895;25820;s\n01002;s;s;s;s\n01003;ns;ns;ns;s\n"
        "01004;nd;nd;nd;nd\n01005;1;2;250;s\n"
    )
    rows = list(people.parse_incomes(written(tmp_path, "cc_filosofi_2021_COM.csv.gz", text)))
    assert accepted(rows) == [
        ("01001", 25820.0, False), ("01002", None, True), ("01003", None, True), ("01004", None, False),
    ]  # fmt: skip
    assert refusals(rows) == [(6, "MED21", "250")]


def test_zone_profiles_leave_the_country_out(tmp_path):
    names = [name for name, _low, _high in people.PROFILE_COLUMNS]
    row = dict.fromkeys(names, 10.0) | {"rev_med_21": 20_000, "dm_sn_vtcam_1623": None}
    content = [{"code": "00FR", **row}, {"code": "0051", **row}, {"code": "0052", **row, "rev_txpauv_21": 250}]
    [first, second] = people.parse_zone_profiles(document(tmp_path, "agg_ze.json", content))
    assert first == ("0051", 10.0, None, *[10.0] * 8, 20_000.0, 10.0)
    assert (second.column, second.value) == ("rev_txpauv_21", "250")


def test_a_profile_without_one_of_its_columns_is_refused_by_name(tmp_path):
    row = dict.fromkeys((name for name, _low, _high in people.PROFILE_COLUMNS[1:]), 10.0)
    with pytest.raises(LayoutError, match="dm_pop_vtcam_1623"):
        list(people.parse_zone_profiles(document(tmp_path, "agg_ze.json", [{"code": "0051", **row}])))
