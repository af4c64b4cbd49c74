"""Trades: occupations grouped so that the FAP-2009 and the FAP-2021 nomenclatures say the same thing."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from sources.texts import Text

DATA = Path(__file__).resolve().parent / "data" / "trades.toml"

FAP_2009 = "fap2009"
FAP_2021 = "fap2021"
ALL_TRADES = "all"
"""Code of all occupations together, those of no trade included."""


@dataclass(frozen=True, eq=False)
class Trade:
    """A group of occupations, with its detailed codes in each nomenclature."""

    code: str
    label: Text
    codes: Mapping[str, tuple[str, ...]]  # nomenclature -> codes of five characters


@cache
def trades() -> dict[str, Trade]:
    """Return the trades by code, in the order of the file."""
    entries = tomllib.loads(DATA.read_text(encoding="utf-8"))["trades"]
    return {
        entry["code"]: Trade(
            entry["code"], Text(**entry["label"]), {name: tuple(entry[name]) for name in (FAP_2009, FAP_2021)}
        )
        for entry in entries
    }


def trade_of_code(nomenclature: str) -> dict[str, str]:
    """Return the trade of each detailed code of a nomenclature; codes of no trade are left out."""
    return {code: trade.code for trade in trades().values() for code in trade.codes[nomenclature]}


def activity_trade_hires(hires: pd.DataFrame, links: pd.DataFrame, jobs: pd.Series) -> pd.DataFrame:
    """Return naf_code, trade, hires: the hires (naf_code, rome_code, hires) shared out by trade.

    Each occupation is shared over its links (fap_code, rome_code) as over families: the national `jobs` of a family of
    87 are spread evenly over its links. What goes to families of no trade is left out.
    """
    table = links.drop_duplicates().copy()
    family = table["fap_code"].str[:3]
    table["weight"] = family.map(jobs) / table.groupby(family)["rome_code"].transform("size")
    table["share"] = table["weight"] / table.groupby("rome_code")["weight"].transform("sum")
    table["trade"] = table["fap_code"].map(trade_of_code(FAP_2009))
    shared = hires.merge(table.dropna(subset=["trade"]), on="rome_code", validate="m:m")
    shared["hires"] = shared["hires"] * shared["share"]
    return shared.groupby(["naf_code", "trade"], as_index=False)["hires"].sum()
