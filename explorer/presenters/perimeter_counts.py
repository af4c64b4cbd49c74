"""What the communes of a perimeter add up to: dwellings, care, schools, sales; what each sum covers is said."""

import pandas as pd
from django.utils.translation import gettext as _

from basins.models import CommuneCounts, Perimeter
from explorer.tables import Column, Figure, Signed, Table
from explorer.wording import capitalised

SOURCES = ("insee-census-dwellings", "insee-bpe-practitioners", "insee-bpe-equipment")
SOURCES += ("sitadel-dwellings", "dvf-prices")
# Above this share of the people, what is missing is a hamlet: the sum stands for the whole.
WHOLE = 0.995
PER = 10_000


def counts_figure(perimeter: Perimeter, counts: pd.DataFrame) -> Figure | None:
    """Return the table of the counts, those known nowhere left out; None where nothing is known.

    A sum that leaves out some of its people bears ≥, and the share that it covers.
    """
    known = counts[counts["total"].notna()]
    if known.empty:
        return None
    rows = [
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
            rows,
            sources=SOURCES,
            status="observed",
        ),
        note=_("Sommes des communes ; ≥ où certaines ne sont pas connues, et la part connue en dernière colonne."),
    )
