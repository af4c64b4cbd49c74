"""Each reader on a small hand-written file in the producer's layout, bad rows and bad layouts included."""

import gzip
import json
from datetime import date

import openpyxl
import pytest
import shapely

from basins.ingest import geography, living, outlines
from sources.readers import LayoutError
from sources.registry import DATASETS, Rejected

COG = "TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT\n"
MOVES = (
    "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TNCC_AV,NCC_AV,NCCENR_AV,LIBELLE_AV,"
    "TYPECOM_AP,COM_AP,TNCC_AP,NCC_AP,NCCENR_AP,LIBELLE_AP\n"
)
PLACES = "code_insee,nom,dep,reg,siren_epci,ze2020,pmun,pmun_annee,area_km2,lon,lat,geo_source\n"
RENTS = "INSEE_C;DEP;loypredm2;lwr_IPm2;upr_IPm2;TYPPRED;nbobs_com\n"
LOVAC = "INSEE_C;taux_vacance_25_pct;taux_vacance_long_25_pct\n"


def written(folder, name, text, *, encoding="utf-8"):
    path = folder / name
    content = text.encode(encoding)
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return path


def workbook(path, sheet, rows):
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def refusals(rows):
    return [(row.line, row.column, row.value) for row in rows if isinstance(row, Rejected)]


def accepted(rows):
    return [row for row in rows if not isinstance(row, Rejected)]


def test_regions_and_departments(tmp_path):
    regions = written(tmp_path, "cog_regions.csv", "REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE\n01,97105,3,A,A,Île\n")
    assert list(geography.parse_regions(regions)) == [("01", "Île")]
    text = "DEP,REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE\n2A,94,2A004,3,A,A,Sud\n2A,94,2A004,3,A,A,Bis\n,9,,,,,\n"
    rows = list(geography.parse_departments(written(tmp_path, "d.csv", text)))
    assert accepted(rows) == [("2A", "Sud", "94")]
    assert refusals(rows) == [(3, "code", "2A"), (4, "DEP", "")]


def test_communes_keep_arrondissements_and_leave_parts_out(tmp_path):
    text = COG + (
        "COM,75056,11,75,75C,751,0,PARIS,Paris,Paris,7599,\n"
        "ARM,75101,11,75,75C,751,0,PARIS 1,Paris 1,Paris 1er,7599,75056\n"
        "COMD,01015,,,,,0,ARBIGNIEU,Arbignieu,Arbignieu,,01015\n"
        "COM,1004,84,01,01D,012,1,X,X,X,0101,\n"
        "ARM,75102,11,75,75C,751,0,PARIS 2,Paris 2,Paris 2e,7599,\n"
    )
    rows = list(geography.parse_communes(written(tmp_path, "cog2026_communes.csv", text)))
    assert accepted(rows) == [("75056", "COM", "Paris", "75", ""), ("75101", "ARM", "Paris 1er", "75", "75056")]
    assert refusals(rows) == [(5, "COM", "1004"), (6, "COMPARENT", "")]


def test_moves_keep_what_leads_to_another_code(tmp_path):
    text = MOVES + (
        "32,2019-01-01,COM,01033,0,A,A,A,COM,01091,0,B,B,B\n"
        "32,2019-01-01,COM,01091,0,B,B,B,COM,01091,0,B,B,B\n"
        "32,2019-01-01,COM,01033,0,A,A,A,COMD,01033,0,A,A,A\n"
        "20,1950-01-01,,,,,,,COM,01091,0,B,B,B\n"
        "41,01/01/1968,COM,78001,0,A,A,A,COM,91001,0,A,A,A\n"
        "10,1990-01-01,COM,01091,0,C,C,C,COM,01091,0,B,B,B\n"
        "34,1991-01-01,COMA,01044,0,D,D,D,COM,01091,0,B,B,B\n"
        "33,1992-01-01,COMD,01091,0,D,D,D,COM,01091,0,B,B,B\n"
    )
    rows = list(geography.parse_commune_moves(written(tmp_path, "m.csv", text)))
    assert accepted(rows) == [
        ("01033", "01091", date(2019, 1, 1), "32", "A", "B"),
        ("01091", "01091", date(1990, 1, 1), "10", "C", "B"),
        ("01044", "01091", date(1991, 1, 1), "34", "", "B"),
    ]
    assert refusals(rows) == [(6, "DATE_EFF", "01/01/1968")]


def test_commune_places(tmp_path):
    text = PLACES + (
        "22016,Île,22,53,,5310,300,2023,3.1,-3.0,48.8,commune\n"
        "14666,S,14,28,200065597,2804,1905,2023,,-0.18,49.19,parent:14712\n"
        "14667,S,14,28,200065597,284,1905,2023,,-0.18,49.19,commune\n"
        "14668,S,14,28,200065597,2804,19.5,2023,,-0.18,49.19,commune\n"
        "14669,S,14,28,200065597,2804,19,2023,,-0.18,149.19,commune\n"
    )
    rows = list(geography.parse_commune_places(written(tmp_path, "p.csv", text)))
    assert accepted(rows) == [
        ("22016", "5310", "", 300, 2023, -3.0, 48.8),
        ("14666", "2804", "200065597", 1905, 2023, -0.18, 49.19),
    ]
    assert refusals(rows) == [(4, "ze2020", "284"), (5, "pmun", "19.5"), (6, "lat", "149.19")]


def test_populations_with_a_byte_order_mark(tmp_path):
    text = (
        "\ufeffREG;Région;DEP;CODARR;CODCAN;CODCOM;COM;Commune;PMUN;PCAP;PTOT\r\n"
        "84;Auvergne;01;2;08;001;01001;A;860;16;876\r\n84;Auvergne;01;2;08;002;01002;B;;6;6\r\n"
    )
    rows = list(geography.parse_populations(written(tmp_path, "pop.csv", text)))
    assert accepted(rows) == [("01001", 860)]
    assert refusals(rows) == [(3, "PMUN", "")]


def test_rents(tmp_path):
    text = RENTS + (
        "05066;05;9,75;7,57;12,56;maille;0\n05067;05;9,75;10,57;12,56;maille;0\n05068;05;n.d.;7;12;commune;3\n"
    )
    path = written(tmp_path, "carte_loyers_2025_appartement.csv.gz", text)
    for parse in (living.parse_flat_rents, living.parse_house_rents):
        rows = list(parse(path))
        assert accepted(rows) == [("05066", 9.75, 7.57, 12.56, "maille", 0)]
        assert refusals(rows) == [(3, "loypredm2", "9,75"), (4, "loypredm2", "n.d.")]


def test_long_vacancy_blank_is_kept_as_unknown_and_never_zero(tmp_path):
    text = LOVAC + "01001;;\n01004;6.29;3.48\n97127;5;5\n01005;106.29;3.48\n01006;0;0\n"
    rows = list(living.parse_long_vacancy(written(tmp_path, "lovac_2025_communes.csv", text)))
    assert accepted(rows) == [("01001", None, None), ("01004", 6.29, 3.48), ("01006", 0.0, 0.0)]
    assert refusals(rows) == [(5, "taux_vacance_25_pct", "106.29")]


def test_dwellings_must_add_up(tmp_path):
    document = {
        "communes": {
            "01001": {"log": 372, "rp": 341, "rsec": 14, "vac": 17, "vacancy_rate_pct": 4.68},
            "01002": {"log": 372, "rp": 341, "rsec": 14, "vac": 27, "vacancy_rate_pct": 4.68},
        }
    }
    rows = list(living.parse_dwellings(written(tmp_path, "v.json.gz", json.dumps(document))))
    assert accepted(rows) == [("01001", 372, 341, 14, 17)]
    assert refusals(rows) == [(2, "log", "372")]


def test_practitioners_not_named_are_a_zero(tmp_path):
    document = {"communes": {"01001": {"poste": 1}, "01002": {"medecin_generaliste": 8}, "1": {}}}
    rows = list(living.parse_practitioners(written(tmp_path, "bpe.json.gz", json.dumps(document))))
    assert accepted(rows) == [("01001", 0), ("01002", 8)]
    assert refusals(rows) == [(3, "insee", "1")]


def test_zone_migration_leaves_the_country_out(tmp_path):
    document = [
        {"code": "00FR", "dm_sma_vtcam_1623": 0.23},
        {"code": "0051", "dm_sma_vtcam_1623": -0.13},
        {"code": "0052", "dm_sma_vtcam_1623": None},
        {"code": "0053", "dm_sma_vtcam_1623": 50},
    ]
    rows = list(living.parse_zone_migration(written(tmp_path, "agg_ze.json", json.dumps(document))))
    assert accepted(rows) == [("0051", -0.13), ("0052", None)]
    assert refusals(rows) == [(4, "dm_sma_vtcam_1623", "50")]


def feature(properties, geometry):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


SQUARE = {"type": "Polygon", "coordinates": [[[2, 48], [3, 48], [3, 49], [2, 49], [2, 48]]]}
BOW_TIE = {"type": "Polygon", "coordinates": [[[2, 48], [3, 49], [3, 48], [2, 49], [2, 48]]]}
DOT = {"type": "Point", "coordinates": [2, 48]}


def test_zone_outlines(tmp_path):
    zone = {"ze2020": "0051", "libze2020": "A", "regions": "28|52", "area_km2": 9.5, "pt_lon": 2.5, "pt_lat": 48.5}
    text = collection(
        feature(zone, SQUARE), feature({**zone, "ze2020": "0052"}, BOW_TIE), feature({**zone, "ze2020": "0053"}, DOT)
    )
    rows = list(outlines.parse_zone_outlines(written(tmp_path, "z.geojson", text)))
    [row] = accepted(rows)
    assert row[:6] == ("0051", "A", "28|52", 9.5, 2.5, 48.5)
    assert shapely.from_wkb(row.geom).bounds == (2, 48, 3, 49)
    assert refusals(rows) == [(2, "geometry", ""), (3, "geometry", "Point")]


def test_industry_territories_and_communes(tmp_path):
    text = collection(feature({"id_territoire": "ti-1", "lib_territoire": "Un", "liste_geo": "x"}, SQUARE))
    [row] = outlines.parse_industry_territories(written(tmp_path, "ti.geojson", text))
    assert row[:2] == ("ti-1", "Un")
    header = "code_insee,id_ti,lib_ti,siren_groupement,type_groupement\n"
    members = header + "01001,ti-1,Un,1,EPCI\n01001,ti-2,Deux,1,EPCI\n"
    rows = list(outlines.parse_industry_territory_communes(written(tmp_path, "c.csv", members)))
    assert accepted(rows) == [("01001", "ti-1")]
    assert refusals(rows) == [(3, "insee_code", "01001")]


def test_neighbours_leave_france_out(tmp_path):
    names = [{"adm0_a3": code, "iso_a2": code[:2], "name": code} for code in ("FRA", "ESP")]
    path = written(tmp_path, "n.geojson", collection(*(feature(name, SQUARE) for name in names)))
    assert [row.code for row in outlines.parse_neighbour_lands(path)] == ["ESP"]


SLUGS = sorted(slug for slug, one in DATASETS.items() if one.model.__module__ == "basins.raw")


@pytest.mark.parametrize("slug", SLUGS)
def test_every_reader_refuses_an_unknown_layout_by_name(tmp_path, slug):
    dataset = DATASETS[slug]
    text = {
        ".csv": "a,b\n1,2\n",
        ".gz": json.dumps({"a": 1}) if "json" in dataset.patterns[0] else "a;b\n1;2\n",
        ".geojson": collection(feature({"a": 1}, SQUARE)),
        ".json": json.dumps([{"a": 1}]),
    }
    name = dataset.patterns[0].replace("*", "2026")
    if name.endswith(".xlsx"):
        with pytest.raises(LayoutError, match=name.replace(".", r"\.")):
            list(dataset.parse(workbook(tmp_path / name, "Composition_communale", [["a"], [1]])))
        return
    with pytest.raises(LayoutError, match=name.replace(".", r"\.")):
        list(dataset.parse(written(tmp_path, name, text["." + name.rpartition(".")[2]])))


def test_a_missing_and_an_unknown_column_are_both_named(tmp_path):
    path = written(tmp_path, "lovac_2025_communes.csv", "INSEE_C;taux_vacance_25_pct;taux_long\n01001;;\n")
    with pytest.raises(LayoutError, match=r"absentes : taux_vacance_long_25_pct ; .*inconnues : taux_long"):
        list(living.parse_long_vacancy(path))


def test_a_wrong_encoding_is_refused(tmp_path):
    text = "REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE\n04,97411,0,A,A,La Réunion\n"
    path = written(tmp_path, "cog_regions.csv", text, encoding="latin-1")
    with pytest.raises(LayoutError, match="utf-8"):
        list(geography.parse_regions(path))


def test_a_truncated_gzip_is_refused(tmp_path):
    path = written(tmp_path, "carte_loyers_2025_maison.csv.gz", RENTS + "05066;05;9,75;7,57;12,56;maille;0\n" * 500)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(LayoutError, match="tronqué"):
        list(living.parse_house_rents(path))
