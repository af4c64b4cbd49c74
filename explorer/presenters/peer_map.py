"""The map of the basins that resemble one: each lit by its rank, and numbered."""

from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from explorer.maps import MapLink, base_map, basin_url, joined_links, label_places
from explorer.wording import number
from scoring.facts import Facts
from scoring.numbers import ordinal
from scoring.peers import Peers

# Deep, middling, pale: the nearest third of the peers, the next, the last.
CLASSES = ("q6", "q4", "q2")
HERE = "here"


def peer_map(facts: Facts, found: Peers) -> dict[str, Any]:
    """Return the context of `components/choropleth.html`: the basin, its peers by thirds, the others blank."""
    by_code = {one.zone.code: one for one in found.peers}
    third = -(-len(found.peers) // len(CLASSES))
    links = []
    for zone in facts.zones:
        peer = by_code.get(zone.code)
        if peer:
            told = {"name": zone.name, "rank": ordinal(peer.rank), "distance": number(peer.distance, 2)}
            title = _("%(name)s : %(rank)s semblable, écart %(distance)s") % told
            css_class = CLASSES[(peer.rank - 1) // third]
        else:
            title, css_class = zone.name, HERE if zone.code == found.zone.code else "out"
        links.append(MapLink(zone.code, basin_url(zone.code), css_class, title))
    base = base_map(facts)
    return base | {
        "links": joined_links(links, str(base["shapes_url"])),
        "marks": numbers(facts, found),
        "legend": legend(found, third),
    }


def legend(found: Peers, third: int) -> list[dict[str, str]]:
    """Return what each shade stands for."""
    entries = [{"css_class": HERE, "label": _("ici")}]
    for position, css_class in enumerate(CLASSES):
        first, last = position * third + 1, min((position + 1) * third, len(found.peers))
        if first > last:
            break
        label = ordinal(first) if first == last else _("%(first)s à %(last)s") % {
            "first": ordinal(first), "last": ordinal(last)
        }  # fmt: skip
        entries.append({"css_class": css_class, "label": label})
    return entries


def numbers(facts: Facts, found: Peers) -> SafeString:
    """Return the rank of each peer, written on it."""
    places = label_places(facts.edition.content_hash)
    marks = (
        f'<text x="{places[one.zone.code][0]:g}" y="{places[one.zone.code][1]:g}">{one.rank}</text>'
        for one in found.peers
        if one.zone.code in places
    )
    return mark_safe("".join(marks))  # noqa: S308 - numbers only
