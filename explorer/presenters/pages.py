"""Home, the index of basins, the method: pages that answer no question about one activity."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from basins.commune_search import CommuneMatch
from basins.names import normalised_name
from explorer import maps
from explorer.citations import cited
from explorer.former_words import became
from explorer.presenters.ranking import ranking_url
from explorer.question_form import typed_form
from explorer.wording import level_label
from scoring.basin_search import zones_named
from scoring.facts import Facts, ZoneCard
from scoring.numbers import number
from scoring.question import Question
from scoring.search import Match

EXAMPLES = ("32.50B", "27.20Z", "14.13Z")


def home_page(facts: Facts) -> dict[str, Any]:
    """Return the context of the home page."""
    jobs = facts.industrial_jobs
    return {
        "edition": facts.edition,
        "form": typed_form(QueryDict()),
        "zone_count": len(facts.zones),
        "examples": [example(facts, code) for code in EXAMPLES],
        "map": maps.industry_map(facts),
        "industrial_jobs": number(float(np.nansum(jobs)), 0),
        "source": cited(facts, "urssaf-zone-a38"),
    }


def example(facts: Facts, code: str) -> dict[str, str]:
    """Return an activity to try."""
    node = facts.nomenclature.find(code)
    words = {"32.50B": _("lunettes"), "27.20Z": _("batteries"), "14.13Z": _("jeans")}
    return {"word": words[code], "label": node.label, "url": activity_url(node.code)}


def activity_url(code: str) -> str:
    """Return the address of the ranking of an activity."""
    return f"{reverse('explorer:ranking')}?activite={code}"


def search_page(facts: Facts, text: str, matches: Sequence[Match], question: Question | None) -> dict[str, Any]:
    """Return the context of a search of activities: the matches, each with the reason why it was found.

    `question` is what the reader set so far, to be asked about any of them; None when there is no match.
    """
    return {
        "edition": facts.edition,
        "text": text,
        "matches": [
            {
                "code": one.activity.code,
                "label": one.activity.label,
                "level": level_label(one.activity.level),
                "reason": str(one.reason),
                "url": ranking_url(replace(question, activity=one.activity.code, level=one.activity.level)),
            }
            for one in matches
            if question
        ],
    }


def basins_page(facts: Facts, text: str | None, communes: Sequence[CommuneMatch]) -> dict[str, Any]:
    """Return the context of the index of basins, or of a search among them."""
    named = [one for one in communes if bears(one, text or "")]
    return {
        "edition": facts.edition,
        "text": text,
        "zones": [zone_entry(facts, zone) for zone in zones_named(facts, text or "")] if text else [],
        "communes": [commune_entry(one) for one in named],
        "resembling": [commune_entry(one) for one in communes if one not in named],
        "regions": regions_index(facts) if not text else [],
        "count": len(facts.zones),
        "map": maps.industry_map(facts),
        "source": cited(facts, "urssaf-zone-a38"),
    }


def bears(commune: CommuneMatch, text: str) -> bool:
    """Return whether a commune has this code, or a word of its name that begins with this text, or had."""
    wanted, code = normalised_name(text), text.strip().upper()
    is_named = bool(wanted) and f" {wanted}" in f" {commune.called}"
    was_coded = commune.former is not None and commune.former.code == code
    return is_named or was_coded or bool(code) and commune.insee_code.startswith(code)


def commune_entry(commune: CommuneMatch) -> dict[str, str]:
    return {
        "name": commune.name,
        "department": commune.department_code,
        "zone": commune.zone_name,
        "url": reverse("explorer:basin", args=(commune.zone_code,)),
        "became": became(commune.former) if commune.former else "",
    }


def zone_entry(facts: Facts, zone: ZoneCard) -> dict[str, str]:
    return {
        "name": zone.name,
        "where": ", ".join(facts.regions[code] for code in zone.region_codes),
        "url": reverse("explorer:basin", args=(zone.code,)),
    }


def regions_index(facts: Facts) -> list[dict[str, Any]]:
    """Return the zones under each region they lie in, both by name."""
    return [
        {
            "name": name,
            "zones": sorted(
                (zone_entry(facts, zone) for zone in facts.zones if code in zone.region_codes),
                key=lambda entry: normalised_name(entry["name"]),
            ),
        }
        for code, name in sorted(facts.regions.items(), key=lambda pair: normalised_name(pair[1]))
    ]
