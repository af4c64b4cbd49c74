"""How a report is read, and what it cannot tell: the words of the page of the method."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from explorer.method.texts import limits
from explorer.presenters.basin_comparison import lower_first
from explorer.presenters.method import status_rows
from explorer.wording import apart, capitalised, titled
from reports.contents.blocks import points, said
from reports.document import Block, Chapter


def reading_chapter(facts_of: Sequence[str], limits_told: Sequence[Block], *, compares: bool = True) -> Chapter:
    """Return how to read the report, with the sentences that this kind of report adds, then limits of the method.

    `compares`: figures of a region and of France stand beside those of the report.
    """
    beside = [territories_sentence()] if compares else []
    blocks = [
        *points([signs(compares=compares), *marks(), *beside, *facts_of], _("Comment lire ce rapport")),
        *limits_told,
    ]
    return Chapter("reading", _("Comment le lire, et ce qu'il ne dit pas"), blocks)


def whole_limits(*groups: int) -> list[Block]:
    """Return the limits of some groups of the page of the method."""
    told = [limits()[one] for one in groups]
    return [
        block
        for group in told
        for block in points((f"{one.title}. {one.text}" for one in group.limits), str(group.title))
    ]


def named_limits(group: int, base_url: str) -> list[Block]:
    """Return the limits of a group by name, and where they are told whole."""
    found = limits()[group]
    told = _("%(group)s : %(names)s. Chacun est expliqué à la page de la méthode, %(address)s.") % {
        "group": found.title,
        "names": apart(lower_first(str(one.title)) for one in found.limits),
        "address": f"{base_url}{reverse('explorer:method')}#limits",
    }
    return [said(told)]


def signs(*, compares: bool) -> str:
    """Return what ≈ and ≥ stand for: a sum of a territory leaves out basins, that of a perimeter communes."""
    if compares:
        return _("≈ devant un nombre : estimé, avec une marge ; ≥ : somme d'un territoire dont des bassins manquent.")
    return _("≈ devant un nombre : estimé, avec une marge ; ≥ : somme dont des communes ne sont pas connues.")


def marks() -> list[str]:
    """Return what no number and each status stand for."""
    statuses = apart(titled(row["label"], row["meaning"].rstrip(".")) for row in status_rows())
    return [
        _("— : pas de nombre. Sur une carte, les bassins hachurés n'ont pas de valeur connue ; ce n'est pas un zéro."),
        f"{capitalised(statuses)}.",
    ]


def territories_sentence() -> str:
    """Return what stands beside the figures of a basin."""
    return _(
        "Région et France : la somme, la moyenne ou la médiane (méd. : le bassin médian, et non un total) de "
        "leurs bassins, selon l'indicateur ; le classeur dit laquelle. Une région est ici l'ensemble des bassins "
        "dont la plupart des habitants y vivent : ses chiffres s'écartent un peu de ceux de la région "
        "administrative."
    )


def paper_note() -> Block:
    """Return where the rows and columns that paper leaves out are."""
    return said(
        _("Les tableaux entiers, toutes lignes et toutes colonnes, sont dans le classeur (XLSX) de ce rapport."),
        is_note=True,
    )
