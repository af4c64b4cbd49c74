"""How a report is read, and what it cannot tell: the words of the page of the method."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from explorer.method.texts import limits
from explorer.presenters.method import status_rows
from explorer.wording import apart, capitalised, titled
from reports.contents.blocks import points, said
from reports.document import Block, Chapter


def reading_chapter(facts_of: Sequence[str], groups: Sequence[int]) -> Chapter:
    """Return how to read the report, then the limits of some groups of the page of the method.

    `facts_of` are the sentences that this kind of report adds.
    """
    blocks: list[Block] = [*points([*marks(), *facts_of], _("Comment lire ce rapport"))]
    for group in (limits()[one] for one in groups):
        blocks += points((f"{one.title}. {one.text}" for one in group.limits), str(group.title))
    return Chapter("reading", _("Comment le lire, et ce qu'il ne dit pas"), blocks)


def marks() -> list[str]:
    """Return what each sign stands for."""
    statuses = apart(titled(row["label"], row["meaning"].rstrip(".")) for row in status_rows())
    return [
        _("≈ devant un nombre : estimé, avec une marge ; ≥ : somme d'un territoire dont des bassins manquent."),
        _("— : pas de nombre. Sur une carte, les bassins hachurés n'ont pas de valeur connue ; ce n'est pas un zéro."),
        f"{capitalised(statuses)}.",
        _(
            "Région et France : la somme ou la moyenne de leurs bassins, selon l'indicateur ; le classeur dit comment "
            "chacune est faite."
        ),
    ]


def paper_note() -> Block:
    """Return where the rows and columns that paper leaves out are."""
    return said(
        _("Les tableaux entiers, toutes lignes et toutes colonnes, sont dans le classeur (XLSX) de ce rapport."),
        is_note=True,
    )
