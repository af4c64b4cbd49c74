"""Flows between A38 branches, folded from the 56 branches of the input-output table."""

import re

import pandas as pd

from economy.ingest.flows import OUTPUT
from economy.nomenclature import A38, aggregate_of_division
from sources.editions import Build, provider

# WIOD, November 2016, France: exports equal to output, so that what is bought of them is all called imported.
UNREAD_IMPORTS = ("CB", "CI")
NUMBERED = re.compile(r"[A-U]([0-9]{2})")
NUMBERS = re.compile(r"[0-9]{2}")
# Industries that gather whole sections, by the divisions of NAF rev. 2 that these hold.
LETTERS = {"B": (5,), "F": (41,), "I": (55,), "N": (77,), "Q": (86, 87), "R_S": (90, 94), "T": (97,), "U": (99,)}


@provider("economy.BranchFlow", needs=("wiod-france-io",))
def branch_flows(build: Build) -> pd.DataFrame:
    """What each A38 branch buys from each, latest year of the table."""
    return folded_flows(build.rows("wiod-france-io")).assign(release=build.release("wiod-france-io"))


def branch_of_industry(code: str) -> str:
    """Return the A38 branch of an industry of WIOD, "QA+QB" where it holds two; raises `ValueError` on another code.

    >>> branch_of_industry("C10-C12"), branch_of_industry("C31_C32"), branch_of_industry("Q")
    ('CA', 'CM', 'QA+QB')
    """
    divisions = LETTERS.get(code) or tuple(int(number) for number in NUMBERS.findall(code))
    if code not in LETTERS and NUMBERED.match(code) is None:
        raise ValueError(f"not an industry of the table: {code!r}")
    found = {aggregate_of_division(f"{number:02d}").code for number in divisions}
    return "+".join(one.code for one in A38 if one.code in found)


def folded_flows(rows: pd.DataFrame) -> pd.DataFrame:
    """Return supplier, customer, total_musd, imported_musd, input_coefficient of each pair of branches that trade.

    The coefficient is what the customer buys, domestic and imported, over its own output. Branches without output (the
    households' one buys nothing) have no coefficient and are left out.
    """
    branch = {code: branch_of_industry(code) for code in {*rows["supplier"], *rows["buyer"]} - {OUTPUT}}
    outputs = rows[rows["buyer"] == OUTPUT].assign(branch=lambda table: table["supplier"].map(branch))
    output = outputs.groupby("branch")["amount_musd"].sum()
    sales = rows[rows["buyer"] != OUTPUT]
    table = pd.DataFrame(
        {
            "supplier": sales["supplier"].map(branch),
            "customer": sales["buyer"].map(branch),
            "total_musd": sales["amount_musd"],
            "imported_musd": sales["amount_musd"].where(sales["is_imported"], 0.0),
        }
    )
    flows = table.groupby(["supplier", "customer"], as_index=False).sum()
    flows["input_coefficient"] = flows["total_musd"] / flows["customer"].map(output)
    flows["imported_musd"] = flows["imported_musd"].mask(flows["supplier"].isin(UNREAD_IMPORTS))
    kept = flows[flows["input_coefficient"].notna()]
    rounded = {"total_musd": 3, "imported_musd": 3, "input_coefficient": 6}
    return kept.round(rounded).reset_index(drop=True)
