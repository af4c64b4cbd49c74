"""The list of a ranking: one entry a basin, with its rank, score, bounds and most telling reasons."""

from collections.abc import Mapping, Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from explorer.presenters.rank_bar import rank_bar, short_interval
from explorer.presenters.unmet import unmet_labels, unmet_lead, unmet_of, unmet_words
from explorer.skeletons import skeleton
from explorer.templatetags.french import french_only, ordinal, share, spaced
from explorer.wording import apart, listed
from scoring.assessment import Assessment
from scoring.facts import Facts
from scoring.nomenclature import Node
from scoring.numbers import writer
from scoring.ranked_basin import RankCertainty, RankedBasin
from scoring.ranking import Ranking
from scoring.requirements import is_lacking
from scoring.sentences.robustness import chances_sentence, interval_sentence, tie_sentence

TIE_MARK = "="
SLOTS = (
    "vetoed", "counter", "code", "rank", "url", "french", "name", "where", "national", "map_class", "score",
    "interval", "coverage", "reasons",
)  # fmt: skip
SIGNS = {"plus": "+", "minus": "\u2212", "unmet": "×", "veto": "×"}
FULL_COVERAGE = 0.995


def basin_rows(ranking: Ranking, rows: Sequence[RankedBasin], why_urls: Mapping[str, SafeString]) -> SafeString:
    """Return the entries of the list, `why_urls` being the address of each basin's reasons by code."""
    entry, written = skeleton("explorer/_row.html", *SLOTS), writer(1)
    is_filtered = ranking.question.region is not None
    sr_rank, french = f'<span class="sr">{escape(_("Rang"))} </span>', french_only()
    parts = []
    for counter, one in enumerate(rows, start=1):
        rank = one.rank_in_filter if is_filtered and one.rank_in_filter else one.rank
        parts.append(
            entry
            % {
                "vetoed": "" if one.rank else " vetoed",
                "counter": counter,
                "code": one.zone.code,
                "rank": f"{sr_rank}{rank}" if one.rank else f'<span class="out-mark">{escape(_("écarté"))}</span>',
                "url": why_urls[one.zone.code],
                "french": french,
                "name": escape(one.zone.name),
                "where": escape(listed([ranking.facts.regions.get(code, code) for code in one.zone.region_codes])),
                "national": national(one) if is_filtered and one.rank_in_filter else "",
                "map_class": one.map_class,
                "score": written(one.score),
                "interval": interval(one, len(ranking.facts.zones)),
                "coverage": coverage(one) if one.coverage < FULL_COVERAGE else "",
                "reasons": reasons(ranking, one),
            }
        )
    return mark_safe("".join(parts))  # noqa: S308 - every value is escaped


def interval(one: RankedBasin, count: int) -> str:
    """Return the interval of a rank as a bar and in words; empty when the basin has none."""
    found = one.interval
    if found is None:
        return ""
    told = apart([interval_sentence(found), chances_sentence(found), *filter(None, [tie_sentence(found)])])
    bar = rank_bar(found, count, told)
    return f'{bar}<p class="interval" aria-hidden="true">{escape(short_interval(found))}{tie(found)}</p>'


def tie(found: RankCertainty) -> str:
    """Return the mark of a tie with the next basin; empty where there is none."""
    if not found.is_tied:
        return ""
    return f' <span class="tie" title="{escape(spaced(tie_sentence(found)))}">{TIE_MARK}</span>'


def national(one: RankedBasin) -> str:
    """Return the rank in the whole country, beside the region."""
    return escape(" · " + _("%(rank)s en France") % {"rank": ordinal(one.rank)})


def coverage(one: RankedBasin) -> str:
    """Return the share of the weight that rests on known data."""
    return f'<p class="coverage">{escape(_("données : %(share)s") % {"share": share(one.coverage)})}</p>'


def reasons(ranking: Ranking, one: RankedBasin) -> str:
    """Return what the basin lacks, what lifts it, and what costs it most."""
    lines = [unmet_line(unmet(one))]
    lines += [line("veto", _("Critère éliminatoire non rempli :"), veto.sentence) for veto in one.vetoes]
    columns = zip(("plus", "plus", "minus"), ranking.telling(one.index), strict=True)
    lines += [reason(kind, ranking.assessment, one.index, column) for kind, column in columns if column is not None]
    return "".join(lines)


def reason(kind: str, assessment: Assessment, index: int, column: int) -> str:
    """Return the line of a criterion, written once for a basin and an activity: weights only move it."""

    def write() -> str:
        label = _("Point fort :") if kind == "plus" else _("Point faible :")
        source = escape(assessment.place(index, column).source)
        cited = f' <span class="cited"{french_only()}>{source}</span>'
        return line(kind, label, assessment.reason(index, column), cited=cited)

    return assessment.kept((kind, index, column), write)


def line(kind: str, label: str, text: str, *, cited: str = "") -> str:
    """Return one line under a basin."""
    values = {"kind": kind, "sign": SIGNS[kind], "label": escape(label), "text": escape(spaced(text)), "cited": cited}
    return skeleton("explorer/_row_reason.html", *values) % values


def unmet(basin: RankedBasin) -> str:
    """Return what the activity cannot do without and the basin is known not to have; empty if nothing."""
    return unmet_labels(
        outcome.requirement
        for outcome in basin.ranking.outcomes
        if not outcome.is_applied and is_lacking(outcome.requirement, outcome.passed[basin.index])
    )


def unmet_line(labels: str) -> str:
    """Return the line of what a basin lacks, empty when it lacks nothing."""
    return line("unmet", unmet_lead(), unmet_words(labels)) if labels else ""


def unmet_list(facts: Facts, zone_code: str, node: Node) -> SafeString:
    """Return that line in a list of its own, for an activity suggested to a basin: what its ranking says of it."""
    found = unmet_line(unmet_of(facts, zone_code, node))
    return mark_safe(f'<ul class="reasons">{found}</ul>' if found else "")  # noqa: S308 - every value is escaped
