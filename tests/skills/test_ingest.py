"""The parsers of the skills on small files in the true layouts."""

import pytest

from skills.ingest.families import REGION_COLUMNS, SECTOR_COLUMNS, parse_fap_regions, parse_fap_rome, parse_fap_sectors
from skills.ingest.hires import parse_hires, parse_rome_labels
from sources.readers import LayoutError
from tests.economy.worlds import refused


def write(path, *lines, encoding="utf-8"):
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def accepted(records):
    return [tuple(record) for record in records if not hasattr(record, "reason")]


def test_hires_get_the_dot_of_their_activity(tmp_path):
    path = write(
        tmp_path / "hires.csv",
        "rome_id,rome_label,naf_id,naf_label,hirings",
        'H2903,"Conduite, machines",3250B,Lunettes,12',
        "H29,x,3250B,y,1",
        "H2903,x,32.50B,y,1",
        "H2903,x,3250B,y,-4",
        "H2903,x,3250B,y,1.5",
    )
    records = list(parse_hires(path))
    assert accepted(records) == [("H2903", "32.50B", 12)]
    assert refused(records) == [(3, "rome_id"), (4, "naf_id"), (5, "hirings"), (6, "hirings")]


def test_hires_saved_with_another_separator_are_read_and_another_layout_stops(tmp_path):
    path = write(tmp_path / "hires.csv", "rome_id;rome_label;naf_id;naf_label;hirings", "H2903;x;3250B;y;1")
    assert list(parse_hires(path)) == [("H2903", "32.50B", 1)]
    path = write(tmp_path / "hires.csv", "rome;rome_label;naf_id;naf_label;hirings", "H2903;x;3250B;y;1")
    with pytest.raises(LayoutError, match="rome_id"):
        list(parse_hires(path))


def test_rome_labels(tmp_path):
    path = write(tmp_path / "rome.csv", "rome_id|rome_label", "A1101|Conduite d'engins", "A11|x", "A1201| ")
    records = list(parse_rome_labels(path))
    assert accepted(records) == [("A1101", "Conduite d'engins")]
    assert refused(records) == [(3, "rome_id"), (4, "rome_label")]


def test_crosswalk_leaves_out_the_self_employed_and_blank_lines(tmp_path):
    path = write(
        tmp_path / "fap.csv",
        "Fap;Rome;intitule_rome",
        "A0Z00;NA;NA",
        "D1Z40;H2903;Œuvre",
        ";;",
        "D1Z;H2903;x",
        "D1Z40;H29;x",
        encoding="cp1252",
    )
    records = list(parse_fap_rome(path))
    assert accepted(records) == [("D1Z40", "H2903")]
    assert refused(records) == [(5, "Fap"), (6, "Rome")]


def sector_line(fap, a38, percent, label="Gros œuvre"):
    facts = {"Fap": fap, "Secteur": a38, "Pourcentage": percent, "libelle": label}
    return ",".join(facts.get(name, "NA") for name in SECTOR_COLUMNS)


def test_sectors_keep_the_grain_of_87_families_and_the_windows_ligature(tmp_path):
    lines = [sector_line("B", "FZ", "50"), sector_line("B2Z", "FZ", "87.5"), sector_line("B2Z40", "FZ", "90")]
    lines += [sector_line("B2Z", "AU", "NA"), sector_line("B2Z", "CA", "101")]
    path = write(tmp_path / "s.csv", ",".join(SECTOR_COLUMNS), *lines, encoding="cp1252")
    records = list(parse_fap_sectors(path))
    assert accepted(records) == [("B2Z", "Gros œuvre", "FZ", 87.5)]
    assert refused(records) == [(5, "Pourcentage"), (6, "Pourcentage")]


def region_line(region, fap, jobs):
    facts = {"code_reg": region, "FAP_3": fap, "emp_fap_reg": jobs}
    return ",".join(facts.get(name, "x") for name in REGION_COLUMNS)


def test_regions_overseas_get_their_official_code(tmp_path):
    lines = [region_line("101", "D1Z", "12.5"), region_line("84", "D1Z", "99"), region_line("105", "D1Z", "1")]
    lines += [region_line("84", "D1", "1"), region_line("84", "D1Z", "-1"), region_line("84", "D1Z", "nan")]
    path = write(tmp_path / "r.csv", ",".join(REGION_COLUMNS), *lines, encoding="cp1252")
    records = list(parse_fap_regions(path))
    assert accepted(records) == [("01", "D1Z", 12.5), ("84", "D1Z", 99.0)]
    assert refused(records) == [(4, "code_reg"), (5, "FAP_3"), (6, "emp_fap_reg"), (7, "emp_fap_reg")]


def test_regions_with_a_missing_column_stop_by_name(tmp_path):
    path = write(tmp_path / "r.csv", ",".join(REGION_COLUMNS[:-1]), encoding="cp1252")
    with pytest.raises(LayoutError, match="pourcentage"):
        list(parse_fap_regions(path))
