"""Nodes made from the producers' rows: what counts, what is merged, what is shown."""

import pandas as pd
import pytest

from infrastructure.derive import nodes
from infrastructure.reference import ReferenceTableError, RoadRules, seaports
from tests.infrastructure.worlds import build_of, places

RULES = RoadRules(busy_daily_traffic=20_000, dual={"N0165": ("*",), "N0012": ("22", "29")}, labels={"BPNL": "Nord"})


@pytest.mark.parametrize(
    ("route", "department", "traffic", "counts"),
    [
        ("A0084", "14", 0, True),
        ("N0165", "56", 0, True),
        ("N0012", "29", 0, True),
        ("N0012", "61", 0, False),
        ("N0012", "61", 20_000, True),
        ("N0020", "9", 19_999, False),
    ],
)
def test_which_sections_count(route: str, department: str, traffic: float, counts: bool) -> None:
    assert nodes.is_fast_road(route, department, traffic, RULES) is counts


@pytest.mark.parametrize(
    ("route", "label"),
    [
        ("A0010", "A10"),
        ("A0006B", "A6"),
        ("01A903905CD", "A39"),
        ("69A9007N05CD", "A7"),
        ("N0165", "N165"),
        ("69D0383", "D383"),
        ("BPNL", "Nord"),
        ("75000C01", "75000C01"),
    ],
)
def test_routes_are_written_as_on_signposts(route: str, label: str) -> None:
    assert nodes.route_label(route, RULES) == label


def test_the_end_of_a_section_and_the_start_of_the_next_are_one_node() -> None:
    columns = ["route", "department", "daily_traffic", "start_lon", "start_lat", "end_lon", "end_lat"]
    sections = pd.DataFrame(
        [
            ("A0010", "45", None, 2.0, 48.0, 2.5, 48.0),
            ("A0010", "45", 1000, 2.50002, 48.00001, 3.0, 48.0),
            ("N0020", "9", 1000, 1.0, 43.0, 1.5, 43.0),
        ],
        columns=columns,
    )
    ends = nodes.section_ends(sections, RULES)
    assert sorted(ends["lon"].round(3)) == [2.0, 2.5, 3.0]
    assert set(ends["name"]) == {"A10"}


def test_toll_stations_have_one_node_whatever_their_lanes() -> None:
    tolls = places(
        ("01A903905CD", "Bourg", "FR", "Echangeur", 2.1, 48.1),
        ("01A903905CD", "Bourg", "FR", "Echangeur", 2.1001, 48.1),
        ("A0040", "Bourg", "FR", "Pleine voie", 2.2, 48.1),
    )
    columns = ["route", "department", "daily_traffic", "start_lon", "start_lat", "end_lon", "end_lat"]
    quiet = pd.DataFrame([("N0999", "9", 1000, 1.0, 43.0, 1.5, 43.0)], columns=columns)
    build = build_of(cerema_toll_stations=tolls, cerema_road_traffic=quiet)
    found = nodes.motorway_nodes(build)
    assert list(found["name"]) == ["Bourg (A39)", "Bourg (A40)"]
    assert set(found["kind"]) == {"motorway"}
    assert set(found["land_mass"]) == {"mainland"}


def test_rail_keeps_stations_open_to_freight_and_each_siding_once() -> None:
    build = build_of(
        sncf_stations=places(
            ("87000001", "Fret", "FR", "O", 2.1, 48.1),
            ("87000001", "Fret", "FR", "O", 2.1, 48.1),
            ("87000002", "Voyageurs", "FR", "N", 2.1, 48.1),
        ),
        sncf_sidings=places(("a", "", "FR", "", 2.1, 48.1), ("a", "Ici", "FR", "", 2.2, 48.1)),
        sncf_marshalling_yards=places(("Triage", "Triage", "FR", "", 2.1, 48.1)),
    )
    found = nodes.rail_nodes(build)
    assert list(zip(found["code"], found["name"], strict=True)) == [
        ("freight_station:87000001", "Fret"),
        ("siding:a", "Embranchement sans nom"),
        ("marshalling_yard:Triage", "Triage"),
    ]


def test_operators_of_one_site_are_one_terminal_and_a_closed_one_is_none() -> None:
    # A hundredth of a degree of latitude is 1.1 km: the third is 2.2 km from the first, the fourth across a border.
    build = build_of(
        gntc_terminals=places(
            ("1", "Valenton - BTM", "FR", "BTM", 2.5, 48.00),
            ("2", "Valenton-Novatrans", "FR", "Novatrans/ Green", 2.5, 48.01),
            ("3", "Bonneuil-sur-Marne", "FR", "Terminaux", 2.5, 48.02),
            ("4", "Ailleurs", "BE", "Port", 2.5, 48.01),
            ("5", "Cognac", "FR", "Non exploitée", 2.9, 48.0),
            ("6", "Bari", "IT", "Port", 16.9, 41.1),
        )
    )
    found = nodes.terminal_nodes(build).sort_values("name")
    assert list(zip(found["name"], found["country"], strict=True)) == [
        ("Ailleurs", "BE"),
        ("Bonneuil-sur-Marne", "FR"),
        ("Valenton", "FR"),
    ]
    assert set(found["land_mass"]) == {"mainland"}


def world_ports() -> pd.DataFrame:
    return places(*((str(i), port.index, port.country, "Small", 2.5, 48.5) for i, port in enumerate(seaports())))


def test_ports_of_commerce_are_picked_by_name_and_country() -> None:
    homonym = places(("999", "Marseille", "United States", "Small", -90.0, 30.0))
    found = nodes.seaport_nodes(build_of(nga_world_port_index=pd.concat([world_ports(), homonym])))
    assert set(found["name"]) == {port.name for port in seaports()}
    assert len(found) == len(seaports())


def test_a_port_of_commerce_that_the_index_no_longer_has_stops_the_edition() -> None:
    ports = world_ports()
    with pytest.raises(ReferenceTableError, match="Rade De Brest"):
        nodes.seaport_nodes(build_of(nga_world_port_index=ports[ports["name"] != "Rade De Brest"]))
    twice = pd.concat([ports, ports[ports["name"] == "Rade De Brest"].assign(code="888")])
    with pytest.raises(ReferenceTableError, match="Rade De Brest"):
        nodes.seaport_nodes(build_of(nga_world_port_index=twice))


def test_airports_have_scheduled_flights_a_runway_and_a_road_to_them() -> None:
    rows = places(
        ("LF01", "Ville Airport", "FR", "scheduled medium_airport", 2.5, 48.5),
        ("LF02", "Sans ligne Airport", "FR", "medium_airport", 2.5, 48.5),
        ("LF03", "Héliport", "FR", "scheduled heliport", 2.5, 48.5),
        ("LF04", "Corse Airport", "FR", "scheduled large_airport", 9.0, 42.0),
        ("LFEY", "Île d'Yeu Airport", "FR", "scheduled medium_airport", 2.5, 48.5),
    )
    found = nodes.airport_nodes(build_of(ourairports_airports=rows))
    assert list(zip(found["name"], found["land_mass"], strict=True)) == [("Ville", "mainland"), ("Corse", "corsica")]


def test_inland_ports_are_taken_as_mapped() -> None:
    found = nodes.inland_port_nodes(build_of(osm_inland_ports=places(("7", "Port", "FR", "", 2.5, 48.5))))
    assert list(found["code"]) == ["inland_port:7"]
