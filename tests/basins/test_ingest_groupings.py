"""Groupings of communes, on small hand-written files in the producers' layouts."""

import pytest

from basins.ingest import groupings, outlines
from sources.readers import LayoutError
from tests.basins.test_ingest import (
    BOW_TIE,
    SQUARE,
    accepted,
    collection,
    feature,
    refusals,
    workbook,
    written,
)

EPCI_HEADER = [
    "dept", "siren", "raison_sociale", "nature_juridique", "mode_financ", "nb_membres", "total_pop_tot",
    "total_pop_mun", "dep_com", "insee", "siren_membre", "nom_membre", "ptot_2025", "pmun_2025",
]  # fmt: skip


def epci_row(insee, siren=200029999, form="CC"):
    return ["01", siren, "CC Rives", form, "FPU", 14, 15156, 14873, "01", insee, 210103040, "Pont", 2912, 2862]


def test_a_siren_held_as_a_number_is_text_again(tmp_path):
    rows = [EPCI_HEADER, epci_row("01304"), epci_row("2A004", "200029998", "METRO")]
    found = list(groupings.parse_epci_communes(workbook(tmp_path / "e.xlsx", "Epcicom2025", rows)))
    assert found == [("01304", "200029999", "CC Rives", "CC"), ("2A004", "200029998", "CC Rives", "METRO")]


def test_rows_of_intercommunalites_that_make_no_sense_are_refused_by_name(tmp_path):
    rows = [
        EPCI_HEADER, epci_row("01304"), epci_row("01304"), epci_row(1305), epci_row("01306", 20002999),
        epci_row("01307", form="SIVU"),
    ]  # fmt: skip
    found = list(groupings.parse_epci_communes(workbook(tmp_path / "e.xlsx", "Epcicom2025", rows)))
    assert accepted(found) == [("01304", "200029999", "CC Rives", "CC")]
    assert [(line, column) for line, column, _value in refusals(found)] == [
        (3, "insee_code"), (4, "insee"), (5, "siren"), (6, "nature_juridique"),
    ]  # fmt: skip


def ept_workbook(path, rows):
    titles = [["Établissements publics terroriaux"], ["France"], ["Mise en ligne"], ["Source"], ["Code géographique"]]
    header = ["CODGEO", "LIBGEO", "EPT", "LIBEPT", "DEP", "REG"]
    return workbook(path, "Composition_communale", [*titles, header, *rows])


def test_establishments_keep_their_communes_and_leave_the_rest_of_the_country_out(tmp_path):
    rows = [
        ["01001", "L'Abergement", "ZZZZZZZZZ", "Sans objet", "01", "84"],
        ["93001", "Aubervilliers", "200057867", "Plaine Commune", "93", "11"],
        ["93005", "Aulnay", "ZZZ", "X", "93", "11"],
    ]
    found = list(groupings.parse_ept_communes(ept_workbook(tmp_path / "insee_ept_2025.xlsx", rows)))
    assert accepted(found) == [("93001", "200057867", "Plaine Commune")]
    assert refusals(found) == [(9, "EPT", "ZZZ")]


def test_a_workbook_without_its_sheet_is_refused(tmp_path):
    with pytest.raises(LayoutError, match="Composition_communale"):
        list(groupings.parse_ept_communes(workbook(tmp_path / "insee_ept_2025.xlsx", "Autre", [["a"]])))


def test_members_of_territories(tmp_path):
    text = (
        "id_ti,lib_ti,type_groupement,siren_groupement,nom_groupement\n"
        "ti-0101,Basse-Terre,EPCI,249710062,CA du Nord\n"
        "ti-7506,Creuse,COM,212301907,Beissat\n"
        "ti-7506,Creuse,COM,212301907,Beissat\n"
        "ti-7506,Creuse,PETR,212301908,Pays\n"
        "ti-7506,Creuse,EPCI,23019,Pays\n"
    )
    found = list(groupings.parse_industry_territory_members(written(tmp_path, "g.csv", text)))
    assert accepted(found) == [
        ("ti-0101", "EPCI", "249710062", "CA du Nord"), ("ti-7506", "COM", "212301907", "Beissat"),
    ]  # fmt: skip
    assert refusals(found) == [
        (4, "territory", "212301907"), (5, "type_groupement", "PETR"), (6, "siren_groupement", "23019"),
    ]  # fmt: skip


def test_commune_shapes_refuse_what_is_no_surface_and_what_comes_twice(tmp_path):
    def shape(code, geometry):
        return feature({"code_insee": code, "nom": "X", "ze2020": "0051", "area_km2": 1.0}, geometry)

    text = collection(shape("01001", SQUARE), shape("01001", SQUARE), shape("01002", BOW_TIE), shape("1003", SQUARE))
    path = written(tmp_path, "communes_2026_simplified.geojson.gz", text)
    found = list(outlines.parse_commune_shapes(path))
    assert [row.insee_code for row in accepted(found)] == ["01001"]
    assert refusals(found) == [(2, "insee_code", "01001"), (3, "geometry", ""), (4, "code_insee", "1003")]


def test_a_truncated_archive_of_shapes_is_refused(tmp_path):
    shape = feature({"code_insee": "01001", "nom": "X", "ze2020": "0051", "area_km2": 1.0}, SQUARE)
    path = written(tmp_path, "communes_2026_simplified.geojson.gz", collection(*[shape] * 300))
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(LayoutError, match="communes_2026_simplified"):
        list(outlines.parse_commune_shapes(path))
