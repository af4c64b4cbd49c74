"""What the communes of a perimeter add up to: dwellings, care, schools, sales, brownfields; what each sum covers."""

from collections.abc import Mapping, Sequence

import pandas as pd
from django.utils.translation import gettext as _

from basins.models import CommuneCounts, Perimeter
from basins.perimeters import AnyPerimeter, PerimeterZone
from explorer.tables import Cell, Column, Figure, Signed, Table
from explorer.wording import capitalised

SOURCES = ("insee-census-dwellings", "insee-bpe-practitioners", "insee-bpe-equipment")
SOURCES += ("sitadel-dwellings", "dvf-prices", "cerema-cartofriches-counts")
# Above this share of the people, what is missing is a hamlet: the sum stands for the whole.
WHOLE = 0.995
PER = 10_000


def counts_figure(perimeter: AnyPerimeter, counts: pd.DataFrame, listed: Mapping[str, int]) -> Figure | None:
    """Return the table of the counts, those known nowhere left out; None where nothing is known.

    A sum that leaves out some of its people bears ≥, and the share that it covers. `listed` are its brownfields, see
    `listed_brownfields`.
    """
    known = counts[counts["total"].notna()]
    if known.empty:
        return None
    rows: list[list[Cell]] = [
        [
            capitalised(str(CommuneCounts._meta.get_field(str(name)).verbose_name)),
            Signed(float(total), "" if coverage >= WHOLE else "≥"),
            PER * float(total) / perimeter.population if coverage >= WHOLE else None,
            100 * float(coverage),
        ]
        for name, total, coverage in zip(known.index, known["total"], known["coverage"], strict=True)
    ]
    return Figure(
        Table(
            "counts",
            _("Ce que ses communes comptent"),
            [
                Column(_("Dénombrement")),
                Column(_("Total"), decimals=0),
                Column(_("Pour 10 000 habitants"), decimals=1),
                Column(_("Habitants des communes connues"), unit="%", decimals=0),
            ],
            [*rows, *brownfield_rows(listed)],
            sources=SOURCES,
            status="observed",
        ),
        note=_(
            "Sommes des communes ; ≥ où certaines ne sont pas connues, et la part connue en dernière colonne. "
            "L'inventaire des friches dépend de qui les recense : il n'est pas rapporté aux habitants."
        ),
    )


def brownfield_rows(listed: Mapping[str, int]) -> list[list[Cell]]:
    """Return the rows of listed brownfields: a count of the inventory, not of the ground, has no rate."""
    labels = {
        "site_count": _("Friches recensées, vérifiées ou non"),
        "industrial_count": _("Friches recensées, de nature industrielle connue"),
        "without_project_count": _("Friches recensées, vérifiées et sans projet"),
    }
    return [[label, listed[name], None, 100.0] for name, label in labels.items()]


def region_sentence(perimeter: AnyPerimeter, zones: Sequence[PerimeterZone]) -> str:
    """Return why the totals of a region beside a basin differ from those of its communes.

    Nothing for another kind, nor for a region made of whole basins, where they do not.
    """
    if perimeter.kind != Perimeter.Kind.REGION or all(one.zone_share == 1.0 for one in zones):
        return ""
    return _(
        "À côté d'un bassin, la région est autre chose : la somme des bassins, entiers, dont la plupart des habitants "
        "y vivent ; ses totaux diffèrent de ceux-ci."
    )
