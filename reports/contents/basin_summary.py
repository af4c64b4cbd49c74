"""The first page of the report of a basin: the sentence that answers, key figures, strengths, what is missing."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from basins.indicators import indicators
from explorer.citations import briefly_cited, cited
from explorer.presenters.basin import (
    best_caution,
    best_note,
    best_rows,
    by_id,
    headline,
    key_figures,
    short_text,
    sourced,
)
from explorer.presenters.basin_comparison import figure_text, lower_first, section_of, standing
from explorer.presenters.basin_skills import STOCK_SOURCES, rare_sentence
from explorer.presenters.suggestion_words import SOURCES as ACTIVITY_SOURCES
from explorer.presenters.unmet import unmet_sentence
from explorer.wording import apart, number, status_label
from reports.contents.basin_growth import best_nodes
from reports.contents.blocks import key_figure, points, said
from reports.contents.drawn_ranks import drawn_ranks, interval_words
from reports.document import Block, KeyFigure, KeyFigures, Paragraph
from scoring.facts import Facts
from scoring.numbers import ordinal
from scoring.rank_intervals import RankInterval
from scoring.service import FittingActivity
from scoring.sheet import BasinSheet, IndicatorValue

# Beside those of the head of the page.
MORE_FIGURES = ("skills.production_per_100", "economy.jobs_growth_pct", "living.unemployment_pct")
TOLD = 4
# An indicator is a strength in the first third of the basins, a weakness in the last one, unless one basin in twenty
# has the very same value: a rate of 100 % tells nothing.
FAVOURABLE_SHARE, TIED_SHARE = 1 / 3, 0.05
NAMED = 4
HEADLINE_SOURCES = ("urssaf-zone-a38",)


def basin_summary(facts: Facts, sheet: BasinSheet, best: Sequence[FittingActivity]) -> list[Block]:
    """Return the blocks of the first page."""
    return [
        said(headline(sheet), cited(facts, *HEADLINE_SOURCES)),
        KeyFigures(figures(facts, sheet)),
        *points(strengths(facts, sheet), _("Points forts")),
        *points(weaknesses(facts, sheet), _("Ce qui manque")),
        *points(could_make(facts, sheet, best), _("Ce que ce bassin pourrait produire, avec ce qu'il a")),
        *points(sureness(sheet), _("Ce que l'on sait, et ce que l'on ne sait pas")),
    ]


def figures(facts: Facts, sheet: BasinSheet) -> list[KeyFigure]:
    """Return the figures of the head of the page, and a few of its tables."""
    head = [key_figure(one["label"], one["value"], one["note"], one["source"]) for one in key_figures(facts, sheet)]
    more = [one for one in (by_id(sheet, key) for key in MORE_FIGURES) if one is not None]
    return head + [
        key_figure(
            one.label, short_text(one), standing(one) or status_label(one.status), sourced(one.source, one.vintage)
        )
        for one in more
    ]


def judged(facts: Facts, sheet: BasinSheet) -> list[tuple[float, IndicatorValue]]:
    """Return the indicators that have a favourable end and tell something, each with its place: 0 best, 1 worst."""
    found = []
    for one in sheet.indicators:
        if one.national_rank is None or one.ranked < 2 or indicators()[one.id].better == "none":
            continue
        if np.mean(facts.values[one.id][0] == one.value) < TIED_SHARE:
            found.append(((one.national_rank - 1) / (one.ranked - 1), one))
    return sorted(found, key=lambda pair: pair[0])


def one_a_section(rows: Sequence[tuple[float, IndicatorValue]]) -> Iterator[IndicatorValue]:
    """Yield the first indicator of each section of the page."""
    met = set()
    for _place, one in rows:
        if section_of(one) not in met:
            met.add(section_of(one))
            yield one


def strengths(facts: Facts, sheet: BasinSheet) -> list[Paragraph]:
    """Return the rare occupations if any, then the indicators where the basin stands best, one a section."""
    rows = [pair for pair in judged(facts, sheet) if pair[0] <= FAVOURABLE_SHARE]
    is_rare = any(one.capability.is_rare for one in sheet.occupations)
    first = [said(rare_sentence(sheet), cited(facts, *STOCK_SOURCES))] if is_rare else []
    found = first + [told(one) for one in one_a_section(rows)]
    return found[:TOLD] or [said(_("Aucun indicateur qui ait un sens admis ne le place dans le premier tiers."))]


def weaknesses(facts: Facts, sheet: BasinSheet) -> list[Paragraph]:
    """Return the indicators where the basin stands worst, one a section."""
    rows = [pair for pair in reversed(judged(facts, sheet)) if pair[0] >= 1 - FAVOURABLE_SHARE]
    found = [told(one) for one in one_a_section(rows)]
    return found[:TOLD] or [said(_("Aucun indicateur qui ait un sens admis ne le place dans le dernier tiers."))]


def told(one: IndicatorValue) -> Paragraph:
    """Return an indicator as a sentence: value, unit, rank, and apart whose figure it is."""
    # Of a distance, the label says what is measured after a colon: one is enough.
    has_colon = ":" in one.label
    sentence = _("%(label)s %(value)s, %(standing)s.") if has_colon else _("%(label)s : %(value)s, %(standing)s.")
    values = {"label": one.label, "value": figure_text(one), "standing": standing(one)}
    return said(sentence % values, sourced(one.source, one.vintage))


def could_make(facts: Facts, sheet: BasinSheet, best: Sequence[FittingActivity]) -> list[Paragraph]:
    """Return the activities for which the basin ranks best, with the caution and the note of the page."""
    rows = best_rows(facts, best, sheet.zone.code)
    caution = best_caution(facts, sheet, rows)
    drawn = drawn_ranks(facts, sheet.zone.code, best_nodes(facts, rows))
    told = [*([caution] if caution else []), *(activity_line(row, drawn[row["code"]]) for row in rows[:TOLD])]
    note = [said(best_note(), briefly_cited(facts, ACTIVITY_SOURCES), is_note=True)] if rows else []
    return [*map(said, told), *note]


def activity_line(row: Mapping[str, Any], interval: RankInterval) -> str:
    """Return an activity with the rank of the basin, its interval and its score, and what it lacks for it."""
    standing = _("%(label)s (%(code)s) : %(rank)s bassin, %(interval)s, %(score)s points.") % {
        "label": row["label"],
        "code": row["code"],
        "rank": ordinal(row["rank"]),
        "interval": interval_words(interval),
        "score": number(row["score"], 1),
    }
    return " ".join(filter(None, (standing, unmet_sentence(row["unmet"]))))


def sureness(sheet: BasinSheet) -> list[str]:
    """Return how many figures are known, how many are estimates, and which are not known."""
    known = [one for one in sheet.indicators if one.value is not None]
    unknown = [one for one in sheet.indicators if one.value is None]
    estimated = sum(one.status == "estimated" for one in known)
    counts = ngettext(
        "%(known)s indicateurs connus sur %(all)s, dont %(estimated)s estimé (≈).",
        "%(known)s indicateurs connus sur %(all)s, dont %(estimated)s estimés (≈).",
        estimated,
    ) % {"known": len(known), "all": len(sheet.indicators), "estimated": estimated}
    return [counts, *([unknown_sentence(unknown)] if unknown else [])]


def unknown_sentence(unknown: Sequence[IndicatorValue]) -> str:
    """Return the first indicators that are not known, and how many others."""
    named = apart(lower_first(one.label) for one in unknown[:NAMED])
    left = len(unknown) - NAMED
    more = ngettext(" ; et %(count)s autre", " ; et %(count)s autres", left) % {"count": left} if left > 0 else ""
    return _("Non connus ici : %(named)s%(more)s.") % {"named": named, "more": more}
