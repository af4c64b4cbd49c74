"""Logistics nodes: one row a place, duplicates of the producers' files merged."""

import re

import numpy as np
import pandas as pd

from infrastructure.derive.places import communes_with_land_mass, land_mass_of, nearest, points_of
from infrastructure.ingest.airports import SCHEDULED
from infrastructure.models import LogisticsNode
from infrastructure.reference import ReferenceTableError, RoadRules, road_rules, seaports
from measures.access import great_circle_km
from sources.editions import Build, provider

Kind = LogisticsNode.Kind

TERMINAL_MERGE_KM = 2.0
"""Coordinates of terminals are rounded to about 1 km: two operators within 2 km stand on one site."""
FOREIGN_TERMINAL_REACH_KM = 100.0
"""A terminal abroad is kept when a mainland commune is nearer than this; access is worth nothing beyond 90 km."""
NOT_IN_USE = "Non exploitée"
ISLAND_AIRPORTS = ("LFEY",)
"""Île d'Yeu: a small island counted with the mainland, whose airport nobody on the mainland can drive to."""
UNNAMED_SIDING = "Embranchement sans nom"
END_GRID_DECIMALS = 3
"""Section ends of one route within 0.001 degree (about 100 m) are one node: the end of one, the start of the next."""


@provider("infrastructure.LogisticsNode", needs=("cerema-toll-stations", "cerema-road-traffic"),
          after=("basins.EmploymentZone",))  # fmt: skip
def motorway_nodes(build: Build) -> pd.DataFrame:
    """Toll stations, and the ends of motorway and expressway sections (see `data/roads.toml`)."""
    rules = road_rules()
    tolls = build.rows("cerema-toll-stations").drop_duplicates(["name", "code"])
    places = zip(tolls["name"], tolls["code"], strict=True)
    labels = [f"{name} ({route_label(route, rules)})" for name, route in places]
    stations = tolls.assign(code="toll:" + tolls["code"] + ":" + tolls["name"], name=labels, country="FR")
    ends = section_ends(build.rows("cerema-road-traffic"), rules)
    return pd.concat(
        [
            _nodes(build, Kind.MOTORWAY, stations, "cerema-toll-stations"),
            _nodes(build, Kind.MOTORWAY, ends, "cerema-road-traffic"),
        ],
        ignore_index=True,
    )


def is_fast_road(route: str, department: str, daily_traffic: float, rules: RoadRules) -> bool:
    """Return whether a section counts: an A route, one listed as dual there, or one busier than two lanes carry."""
    if route.startswith("A"):
        return True
    departments = rules.dual.get(route, ())
    return "*" in departments or department in departments or daily_traffic >= rules.busy_daily_traffic


def route_label(route: str, rules: RoadRules) -> str:
    """Return a route as signposts write it: A0010 is A10, 01A903905CD (a slip road of A39) is A39, N0165 is N165."""
    if route in rules.labels:
        return rules.labels[route]
    slip_road = re.match(r"^..A9(\d{3})", route)
    if slip_road:
        return f"A{int(slip_road[1])}"
    plain = re.match(r"^(?:\d\d)?([AND])0*(\d+)", route)
    return f"{plain[1]}{plain[2]}" if plain else route


def section_ends(sections: pd.DataFrame, rules: RoadRules) -> pd.DataFrame:
    """Return the two ends of the sections that count (code, name, country, lon, lat), one row a place and route."""
    facts = zip(sections["route"], sections["department"], sections["daily_traffic"].fillna(0), strict=True)
    kept = sections[np.array([is_fast_road(*fact, rules) for fact in facts], dtype=bool)]
    ends = pd.concat(
        [
            kept[["route", f"{side}_lon", f"{side}_lat"]].set_axis(["route", "lon", "lat"], axis=1)
            for side in ("start", "end")
        ],
        ignore_index=True,
    )
    grid = ends[["lon", "lat"]].round(END_GRID_DECIMALS).astype(str)
    ends["code"] = "end:" + ends["route"] + ":" + grid["lon"] + "," + grid["lat"]
    ends["name"] = [route_label(route, rules) for route in ends["route"]]
    return ends.assign(country="FR").drop_duplicates("code").drop(columns="route")


@provider("infrastructure.LogisticsNode", needs=("sncf-stations", "sncf-sidings", "sncf-marshalling-yards"),
          after=("basins.EmploymentZone",))  # fmt: skip
def rail_nodes(build: Build) -> pd.DataFrame:
    """Stations open to freight, sidings and marshalling yards, each once."""
    stations = build.rows("sncf-stations")
    sidings = build.rows("sncf-sidings")
    named = sidings.assign(name=sidings["name"].replace("", UNNAMED_SIDING))
    return pd.concat(
        [
            _nodes(build, Kind.FREIGHT_STATION, stations[stations["category"] == "O"], "sncf-stations"),
            _nodes(build, Kind.SIDING, named, "sncf-sidings"),
            _nodes(build, Kind.MARSHALLING_YARD, build.rows("sncf-marshalling-yards"), "sncf-marshalling-yards"),
        ],
        ignore_index=True,
    )


@provider("infrastructure.LogisticsNode", needs=("gntc-terminals",), after=("basins.EmploymentZone", "basins.Commune"))
def terminal_nodes(build: Build) -> pd.DataFrame:
    """Combined-transport terminals in use, one a site, those of neighbouring countries near the border included."""
    terminals = build.rows("gntc-terminals")
    used = merged_terminals(terminals[terminals["category"] != NOT_IN_USE])
    communes = communes_with_land_mass(build)
    mainland = communes[communes["land_mass"] == "mainland"]
    _found, distance_km = nearest(
        used["lon"].to_numpy(), used["lat"].to_numpy(), mainland["lon"].to_numpy(), mainland["lat"].to_numpy()
    )
    near = used[(used["country"] == "FR") | (distance_km <= FOREIGN_TERMINAL_REACH_KM)]
    return _nodes(build, Kind.COMBINED_TERMINAL, near, "gntc-terminals")


def merged_terminals(terminals: pd.DataFrame) -> pd.DataFrame:
    """Return terminals, operator's name cut off, less those within 2 km of one kept before them in their country.

    Order: country, then length of the name (the shortest is kept), then name.
    """
    names = [_site_name(*one) for one in zip(terminals["name"], terminals["category"], strict=True)]
    named = terminals.assign(name=names, length=[len(name) for name in names])
    ordered = named.sort_values(["country", "length", "name", "code"], ignore_index=True)
    lon, lat = ordered["lon"].to_numpy(float), ordered["lat"].to_numpy(float)
    country = ordered["country"].to_numpy(object)
    is_same_site = (great_circle_km(lon, lat, lon, lat) <= TERMINAL_MERGE_KM) & (country[:, None] == country)
    kept: list[int] = []
    for index in range(len(ordered)):
        if not is_same_site[index, kept].any():
            kept.append(index)
    return ordered.loc[kept].drop(columns="length").reset_index(drop=True)


def _site_name(name: str, operator: str) -> str:
    """Return « Valence » for « Valence - Naviland Cargo » run by Naviland Cargo: the site without its operator."""
    head, dash, tail = name.rpartition("-")
    first_word = tail.strip().split(" ")[0].lower()
    return head.strip(" -") if dash and first_word and first_word in operator.lower() else name


@provider("infrastructure.LogisticsNode", needs=("nga-world-port-index",), after=("basins.EmploymentZone",))
def seaport_nodes(build: Build) -> pd.DataFrame:
    """The ports of commerce of `data/seaports.toml`, at the position the World Port Index gives."""
    rows = build.rows("nga-world-port-index")
    listed = pd.DataFrame([(one.index, one.country, one.name, one.iso) for one in seaports()],
                          columns=["index_name", "country", "shown", "iso"])  # fmt: skip
    found = listed.merge(rows, left_on=["index_name", "country"], right_on=["name", "country"], how="left")
    lost = found.loc[found["code"].isna() | found.duplicated("shown", keep=False), "index_name"].tolist()
    if lost:
        raise ReferenceTableError(f"seaports.toml : ports absents ou en double dans l'index : {', '.join(lost)}.")
    return _nodes(build, Kind.SEAPORT, found.assign(name=found["shown"], country=found["iso"]), "nga-world-port-index")


@provider("infrastructure.LogisticsNode", needs=("osm-inland-ports",), after=("basins.EmploymentZone",))
def inland_port_nodes(build: Build) -> pd.DataFrame:
    """Inland ports, as mapped."""
    return _nodes(build, Kind.INLAND_PORT, build.rows("osm-inland-ports"), "osm-inland-ports")


@provider("infrastructure.LogisticsNode", needs=("ourairports-airports",), after=("basins.EmploymentZone",))
def airport_nodes(build: Build) -> pd.DataFrame:
    """Large and medium airports with scheduled flights; heliports and small fields left out."""
    rows = build.rows("ourairports-airports")
    kinds = (SCHEDULED + "large_airport", SCHEDULED + "medium_airport")
    kept = rows[rows["category"].isin(kinds) & (rows["country"] == "FR") & ~rows["code"].isin(ISLAND_AIRPORTS)]
    return _nodes(
        build, Kind.AIRPORT, kept.assign(name=kept["name"].str.removesuffix(" Airport")), "ourairports-airports"
    )


def _nodes(build: Build, kind: LogisticsNode.Kind, places: pd.DataFrame, slug: str) -> pd.DataFrame:
    """Return node rows from places (code, name, country, lon, lat); the first of a code is kept.

    A place abroad is on the mainland: only those reached by land are listed.
    """
    once = places.drop_duplicates("code")
    lon, lat = once["lon"].to_numpy(float), once["lat"].to_numpy(float)
    is_french = (once["country"] == "FR").to_numpy()
    return pd.DataFrame(
        {
            "code": f"{kind.value}:" + once["code"].to_numpy(object),
            "kind": kind.value,
            "name": once["name"].to_numpy(object),
            "country": once["country"].to_numpy(object),
            "land_mass": np.where(is_french, land_mass_of(build, lon, lat), "mainland"),
            "point": points_of(lon, lat),
            "release": build.release(slug),
        }
    )
