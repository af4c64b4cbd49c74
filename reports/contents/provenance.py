"""What every report carries: the edition, the day, what was asked, where to find it again, whose figures it quotes."""

import re
from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from explorer import queries
from explorer.citations import shown_vintage
from explorer.older_links import link_followed
from explorer.presenters.data import SHARE_ALIKE, in_language
from explorer.wording import apart, capitalised
from reports.document import Chapter, Provenance, SourceLine
from scoring.facts import Facts, ZoneCard
from sources.models import Release


def provenance(
    facts: Facts, permalink: str, *, quoted: Iterable[str], asked: Sequence[tuple[str, str]] = ()
) -> Provenance:
    """Return the provenance of a report; `quoted` are the slugs of its data sets, `permalink` its whole address.

    What was asked ends with the older link followed, if any.
    """
    slugs = set(quoted)
    releases = [one for one in queries.releases_of(facts.edition) if one.source_id in slugs]
    return Provenance(
        edition_name=facts.edition.name,
        edition_hash=facts.edition.content_hash,
        made_on=date_format(timezone.localdate(), "j F Y"),
        permalink=permalink,
        licence=licence_sentence(releases),
        attribution=attribution_sentence(facts),
        asked=(*asked, *link_followed()),
        sources=source_lines(releases),
    )


def quoted_by(chapters: Iterable[Chapter]) -> set[str]:
    """Return the data sets that the tables of chapters quote."""
    return {slug for chapter in chapters for one in chapter.sheets() for slug in one.table.sources}


def source_lines(releases: Sequence[Release]) -> tuple[SourceLine, ...]:
    """Return the data sets quoted, by producer and title, each vintage once."""
    lines = [
        SourceLine(
            one.source.producer,
            one.source.title,
            shown_vintage(one.vintage),
            capitalised(in_language(one.source.licence)),
            one.source.page,
        )
        for one in releases
    ]
    return tuple(dict.fromkeys(lines))


def licence_sentence(releases: Sequence[Release]) -> str:
    """Return under which licences the figures may be used again, those that bind a derived database by name."""
    shared = dict.fromkeys(one.source.producer for one in releases if SHARE_ALIKE in one.source.licence.lower())
    told = _("Chiffres réutilisables sous les licences des sources citées, en nommant leurs producteurs.")
    if not shared:
        return told
    return told + _(
        " Sont sous ODbL les chiffres de ces producteurs : %(producers)s. Qui en publie une base dérivée la publie "
        "sous la même licence."
    ) % {"producers": apart(shared)}


def attribution_sentence(facts: Facts) -> str:
    """Return how to quote the report: the site, its edition, the producers behind it."""
    return _("Bassins, édition %(edition)s, d'après les producteurs nommés dans la liste des sources.") % {
        "edition": facts.edition.name
    }


def file_name(zone: ZoneCard, *parts: str) -> str:
    """Return the name of the file of a report on a basin, without suffix: letters, digits and dashes.

    That of another language than French ends with its code.
    """
    # A slug drops apostrophes and dots, which stand between words here.
    text = "-".join(("bassin", zone.code, zone.name, *parts, *([] if language() == "fr" else [language()])))
    return slugify(re.sub(r"['’.]", "-", text))


def language() -> str:
    """Return the language of the reader, `fr` or `en`."""
    return (get_language() or "fr")[:2]
