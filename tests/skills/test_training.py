"""The training supply: its files, the domain of each course, and one row a school, kind and domain."""

import pandas as pd
import pytest
from shapely import from_wkb

from skills.derive.training import post_baccalaureate, vocational_schools
from skills.ingest.training import SCHOOL_COLUMNS, parse_courses, parse_vocational_schools
from skills.training import domain_of, domains, kind_of
from sources.readers import LayoutError, ewkb
from tests.economy.worlds import PaperBuild, refused

COURSE_HEADER = "uai,etablissement,statut,region,type,filiere,lon,lat,ze2020"


def accepted(records):
    return [tuple(record) for record in records if not hasattr(record, "reason")]


def school_line(**cells):
    return ",".join(str(cells.get(name, "")) for name in SCHOOL_COLUMNS)


def test_lycees_keep_the_difference_between_none_and_no_figure(tmp_path):
    first = {"uai": "0010001A", "etablissement": "LP DES TOURS", "code_commune": "2A004"}
    lines = [
        school_line(**first, c_prod_transformations="12.0", c_prod_meca_elec_electronique="0"),
        school_line(**first),
        school_line(uai="0010002B", code_commune="1001"),
        school_line(uai="0010003C", code_commune="01001", c_prod_pluri="douze"),
        school_line(uai="0010004D", code_commune="01001", c_prod_materiaux_souples="4.5"),
    ]
    path = tmp_path / "lycees.csv"
    path.write_text("\n".join([",".join(SCHOOL_COLUMNS), *lines]) + "\n", encoding="utf-8")
    records = list(parse_vocational_schools(path))
    assert accepted(records) == [("0010001A", "LP DES TOURS", "2A004", None, 12, None, None, 0)]
    assert refused(records) == [
        (3, "uai"), (4, "code_commune"), (5, "c_prod_pluri"), (6, "c_prod_materiaux_souples")
    ]  # fmt: skip


def test_courses_need_a_point_and_may_lie_outside_every_zone(tmp_path):
    path = tmp_path / "courses.csv"
    path.write_text(
        f"{COURSE_HEADER}\n"
        "0010001A,Lycee  des Tours,Public,x,BTS production,BTS Production Forge,5.2,46.2,8401\n"
        "9830001A,Lycee,Public,,BTS production,BTS Production Forge,166.4,-22.2,\n"
        "001,Lycee,Public,,BTS production,BTS Production Forge,5.2,46.2,8401\n"
        "0010001A,Lycee,Public,,BTS production,BTS Production Forge,46.2,95.0,8401\n"
        "0010001A,Lycee,Public,,BTS production,BTS Production Forge,,,8401\n"
        "0010001A,Lycee,Public,,BTS production,BTS Production Forge,5.2,46.2,84\n",
        encoding="utf-8",
    )
    records = list(parse_courses(path))
    assert accepted(records) == [
        ("0010001A", "Lycee des Tours", "BTS production", "BTS Production Forge", 5.2, 46.2, "8401"),
        ("9830001A", "Lycee", "BTS production", "BTS Production Forge", 166.4, -22.2, ""),
    ]
    assert refused(records) == [(4, "uai"), (5, "lon"), (6, "lon"), (7, "ze2020")]


def test_courses_under_another_header_stop(tmp_path):
    path = tmp_path / "courses.csv"
    path.write_text("uai;type\n", encoding="utf-8")
    with pytest.raises(LayoutError, match="filiere"):
        list(parse_courses(path))


@pytest.mark.parametrize(
    ("course", "domain"),
    [
        ("BTS Production Electrotechnique parcours Marine", "mechanics_electricity"),
        ("BTS Production Conception des processus de realisation", "mechanics_electricity"),
        ("BTS Production Conception de processus de decoupe", "general"),
        ("BTS Production Metiers de la mode chaussure", "soft_materials"),
        ("BUT Genie biologique parcours sciences de l aliment", "transformation"),
        ("BUT Genie biologique Parcours agronomie", ""),
        ("BUT Informatique", ""),
        ("BTS Tourisme", None),
    ],
)
def test_domain_of_a_course(course, domain):
    assert domain_of(course) == domain


def test_kind_of_a_course():
    assert [kind_of(text) for text in ("BTS production", "CPGE scientifique", "Licence")] == ["bts", "", None]


def test_a_lycee_is_one_row_a_domain_at_the_point_of_its_commune():
    rows = {
        "depp-vocational-schools": pd.DataFrame(
            [
                ("0130001A", "LP", "13203", 5.0, None, None, None, 40.0),
                ("0990001A", "X", "99130", 5.0, None, None, None, None),
            ],
            columns=["uai", "name", "insee_code", *domains_in_order()],
        ),
        "insee-communes": pd.DataFrame(
            [("13055", "COM", "13", ""), ("13203", "ARM", "", "13055")],
            columns=["insee_code", "kind", "department", "parent"],
        ),
        "insee-commune-moves": pd.DataFrame(columns=["code_before", "code_after", "effective_on", "kind"]),
    }  # fmt: skip
    communes = pd.DataFrame({"insee_code": ["13055"], "zone": ["9312"], "point": ["0101"]})
    table = vocational_schools(PaperBuild(rows, {"basins.Commune": communes}))
    assert table[["code", "domain", "candidates", "zone", "point"]].to_numpy().tolist() == [
        ["0130001A-general", "general", 5, "9312", "0101"],
        ["0130001A-mechanics_electricity", "mechanics_electricity", 40, "9312", "0101"],
    ]
    assert table["courses"].isna().all()


def domains_in_order():
    return ["general", "transformation", "civil_wood", "soft_materials", "mechanics_electricity"]


def test_lycees_and_courses_share_their_domains():
    assert list(domains()) == domains_in_order()


def test_courses_are_grouped_by_school_kind_and_domain():
    columns = ["uai", "school", "kind", "course", "lon", "lat", "zone"]
    rows = pd.DataFrame(
        [
            ("0010001A", "Lycee", "BTS production", "BTS Production Electrotechnique", 5.0, 46.0, "1001"),
            ("0010001A", "Lycee", "BTS production", "BTS Production Maintenance des systemes", 5.5, 46.0, "1001"),
            ("0010001A", "Lycee", "BTS production", "BTS Production Forge", 5.0, 46.0, "1001"),
            ("0010001A", "Lycee", "CPGE scientifique", "PTSI", 5.0, 46.0, "1001"),
            ("0010002B", "INSA", "ingenieur post-bac", "Formation d ingenieur Bac + 5 bac general", 5.0, 46.0, "1001"),
            ("0010002B", "INSA", "ingenieur post-bac", "Formation d ingenieur Bac + 5 bac STI2D", 5.0, 46.0, "1001"),
            ("9830001A", "Lycee", "BTS production", "BTS Production Forge", 166.0, -22.0, ""),
            ("0010003C", "Lycee", "BTS production", "BTS Production Art de vivre", 5.0, 46.0, "1001"),
            ("0010004D", "IUT", "BUT industriel", "BUT Informatique", 5.0, 46.0, "1001"),
        ],
        columns=columns,
    )
    zones = pd.DataFrame({"code": ["1001"]})
    table = post_baccalaureate(
        PaperBuild({"parcoursup-industrial-courses": rows}, {"basins.EmploymentZone": zones})
    ).set_index("code")
    assert table["courses"].to_dict() == {
        "0010001A-bts-mechanics_electricity": 2,
        "0010001A-bts-transformation": 1,
        "0010002B-engineering-engineering": 1,
    }
    assert table["candidates"].isna().all()
    # A school on two sites stands at the first of them.
    point = from_wkb(table.loc["0010001A-bts-mechanics_electricity", "point"])
    assert (point.x, point.y) == pytest.approx((5.0, 46.0), abs=1e-4)
    assert table["point"].iloc[0][:8] == ewkb(point)[:8]
