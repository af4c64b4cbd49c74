"""National figures of the families: files with a column a family, NA, and what the edition keeps."""

import pandas as pd
import pytest

from skills.derive.context import jobs_by_year, specialities, tightness_by_year, wages
from skills.ingest.context import SPECIALITY_COLUMNS, parse_family_jobs, parse_family_specialities, parse_family_wages
from sources.readers import LayoutError
from tests.economy.worlds import PaperBuild, refused


def test_a_column_a_family_becomes_a_row_a_family_and_year(tmp_path):
    path = tmp_path / "e.csv"
    path.write_text('"Annee","D","D1Z","D1Z40","T2A"\n"2017",9,1.5,NA,2\n"2018",9,x,1,-3\n"an",1,1,1,1\n')
    records = list(parse_family_jobs(path))
    accepted = [tuple(one) for one in records if not hasattr(one, "reason")]
    assert accepted == [("D1Z", "2017", 1.5), ("D1Z40", "2017", None), ("T2A", "2017", 2.0), ("D1Z40", "2018", 1.0)]
    assert refused(records) == [(3, "D1Z"), (3, "T2A"), (4, "Annee")]
    path.write_text("Annee,total\n2018,3\n")
    with pytest.raises(LayoutError, match="famille professionnelle"):
        list(parse_family_jobs(path))


def test_wages_of_sums_of_families_are_left_out_and_na_is_unknown(tmp_path):
    path = tmp_path / "w.csv"
    path.write_text(
        '"Fap3","Annee","Salaire_median"\n"D1Z","2017-2019",1841\n"D","2016-2018",1700\n'
        '"ZZZ","2003-2005",NA\n"D2Z","2017-2019",NA\n"D3Z","2017-2019",beaucoup\n'
    )
    records = list(parse_family_wages(path))
    assert [tuple(one) for one in records[:2]] == [("D1Z", "2017-2019", 1841.0), ("D2Z", "2017-2019", None)]
    assert refused(records) == [(6, "Salaire_median")]


def test_specialities(tmp_path):
    path = tmp_path / "s.csv"
    rows = [
        "D1Z,251,Usinage,3.4,50.2,l,D,d,D1Z,f",
        "D1Z,20,Technologies,1,8.6,l,D,d,D1Z,f",
        "P,128,Droit,1,1,l,P,p,NA,NA",
    ]
    path.write_bytes(
        "\n".join([",".join(SPECIALITY_COLUMNS), *rows, "D1Z,251,x,NA,NA,l,D,d,D1Z,f\n"]).encode("cp1252")
    )
    records = list(parse_family_specialities(path))
    assert [tuple(one) for one in records[:2]] == [
        ("D1Z", "251", "Usinage", 50.2),
        ("D1Z", "020", "Technologies", 8.6),
    ]
    assert refused(records) == [(5, "Pourcentage")]


def figures(*rows):
    return pd.DataFrame(rows, columns=["fap_code", "period", "value"]).astype({"value": float})


FAMILIES = {"skills.OccupationFamily": pd.DataFrame({"code": ["D1Z", "E0Z"]})}


def test_a_family_without_a_wage_is_missing_not_zero():
    rows = figures(("D1Z", "2003-2005", 1414), ("D1Z", "2017-2019", 1841), ("D1Z40", "2017-2019", 1900))
    table = wages(PaperBuild({"dares-family-wages": rows}, FAMILIES)).set_index("family")
    assert table.loc["D1Z", ["item", "value", "status"]].tolist() == ["2017-2019", 1841.0, "observed"]
    assert table.loc["E0Z", ["item", "status"]].tolist() == ["2017-2019", "missing"]
    assert table["value"].isna().tolist() == [False, True]


def test_jobs_since_the_nomenclature_in_persons_and_tightness_of_known_families():
    rows = figures(("D1Z", "2008", 90), ("D1Z", "2018", 88.349), ("X0Z", "2018", 1))
    found = jobs_by_year(PaperBuild({"dares-family-jobs": rows}, FAMILIES))
    assert found[["family", "item", "value"]].to_numpy().tolist() == [["D1Z", "2018", 88_300.0]]
    rows = figures(("D1Z", "2019", 1.23456), ("D1Z40", "2019", 1))
    found = tightness_by_year(PaperBuild({"dares-family-tightness": rows}, FAMILIES))
    assert found[["family", "measure", "item", "value"]].to_numpy().tolist() == [["D1Z", "tightness", "2019", 1.235]]


def test_the_three_first_specialities():
    rows = pd.DataFrame(
        [("D1Z", f"25{i}", f"S{i}", share) for i, share in enumerate((5.0, 40.0, 5.0, 20.0))]
        + [("D1Z40", "250", "x", 99.0)],
        columns=["fap_code", "speciality_code", "label", "share_pct"],
    )
    found = specialities(PaperBuild({"dares-family-specialities": rows}, FAMILIES))
    assert found[["item", "label", "value"]].to_numpy().tolist() == [
        ["251", "S1", 40.0],
        ["253", "S3", 20.0],
        ["250", "S0", 5.0],
    ]
