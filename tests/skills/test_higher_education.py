"""Schools of higher education: their file, and no school counted twice."""

import pandas as pd
import pytest

from basins.geometry import compact_point
from skills.derive.training import higher_education, zone_of_places
from skills.ingest.higher_education import COLUMNS, parse_higher_education
from skills.models import TrainingPlace
from skills.training import HIGHER_EDUCATION, engineering_schools
from tests.economy.worlds import PaperBuild, refused


def row(uai, name, place="45.7, 4.8", commune="69266", country="France", kind="École"):
    return ";".join([f'"{uai}"', name, kind, f'"{place}"', commune, country, "autre"])


def test_several_identifiers_stand_in_one_field_and_schools_abroad_are_left_out(tmp_path):
    path = tmp_path / "h.csv"
    rows = [
        row("0590349J;0597139P", "Centrale Lille Institut"),
        row("", "Groupe sans identifiant", commune=""),
        row("1260001S", "École française d'Athènes", country="Grèce"),
        row("0690187", "Identifiant court"),
        row("0690187D", "Point", place="45.7"),
        row("0690187D", "Point", place="145.7, 4.8"),
        row("0690187D", "Commune", commune="6926"),
    ]
    path.write_text("\ufeff" + "\n".join([";".join([*COLUMNS, "site"]), *rows, ""]), encoding="utf-8")
    records = list(parse_higher_education(path))
    assert [tuple(one) for one in records[:2]] == [
        ("0590349J", "0597139P", "Centrale Lille Institut", "École", 4.8, 45.7, "69266"),
        ("", "", "Groupe sans identifiant", "École", 4.8, 45.7, ""),
    ]
    assert refused(records) == [(5, COLUMNS[0]), (6, "géolocalisation"), (7, "géolocalisation"), (8, "Code commune")]


COMMUNES = pd.DataFrame(
    {
        "insee_code": ["69266", "59350"],
        "zone": ["8421", "3213"],
        "point": [compact_point(4.88, 45.77), compact_point(3.06, 50.63)],
    }
)


def paper_build():
    names = ["uai", "other_uai", "name", "kind", "lon", "lat", "insee_code"]
    schools = pd.DataFrame(
        [
            ("0690187D", "", "Centrale Lyon", "École", 4.77, 45.78, "69266"),
            ("0590349J", "0597139P", "Centrale Lille Institut", "École", 3.14, 50.61, "59350"),
            ("0690192J", "", "Institut national des sciences appliquées de Lyon", "École", 4.87, 45.78, "69266"),
            ("0691774D", "", "Université Claude Bernard - Lyon 1", "Université", 4.87, 45.78, "69266"),
            ("", "", "Groupe près de Lille", "École", 3.10, 50.60, ""),
            ("9840349G", "", "Université de la Polynésie", "Université", -149.6, -17.6, "98738"),
        ],
        columns=names,
    )
    rows = {
        "esr-higher-education": schools,
        "parcoursup-industrial-courses": pd.DataFrame({"uai": ["0690192J", "0597139P"]}),
        "insee-communes": pd.DataFrame(
            [("69266", "COM", "", ""), ("59350", "COM", "", "")],
            columns=["insee_code", "kind", "department", "parent"],
        ),
        "insee-commune-moves": pd.DataFrame(columns=["code_before", "code_after", "effective_on", "kind"]),
    }
    return PaperBuild(rows, {"basins.Commune": COMMUNES})


def test_a_school_among_the_courses_is_not_counted_again_whichever_identifier_it_has():
    table = higher_education(paper_build()).set_index("name")
    # Insa Lyon by its own identifier, Centrale Lille by its other one.
    assert sorted(table.index) == ["Centrale Lyon", "Groupe près de Lille", "Université Claude Bernard - Lyon 1"]
    assert table.loc["Centrale Lyon", ["kind", "domain", "courses", "zone"]].tolist() == [
        "engineering", "engineering", 1, "8421"
    ]  # fmt: skip
    university = table.loc["Université Claude Bernard - Lyon 1"]
    assert university[["kind", "domain"]].tolist() == [HIGHER_EDUCATION, ""]
    assert pd.isna(university["courses"])
    assert table.loc["Groupe près de Lille", "zone"] == "3213"
    assert table["code"].is_unique


def test_a_place_far_from_every_commune_has_no_zone():
    rows = pd.DataFrame({"insee_code": [""], "lon": [-149.6], "lat": [-17.6]})
    assert zone_of_places(rows, COMMUNES.set_index("insee_code"), {}).isna().all()


def test_the_list_of_schools_has_no_beginning_twice():
    starts = engineering_schools()
    assert len(starts) == len(set(starts))
    assert not [one for one in starts for other in starts if one != other and one.startswith(other)]


def test_every_kind_fits_its_column():
    longest = TrainingPlace._meta.get_field("kind").max_length
    assert max(map(len, TrainingPlace.Kind.values)) <= longest


@pytest.mark.parametrize("name", ["École nationale supérieure d'architecture de Lyon", "Institut catholique de Lyon"])
def test_other_schools_are_no_engineering_schools(name):
    assert not name.startswith(engineering_schools())
