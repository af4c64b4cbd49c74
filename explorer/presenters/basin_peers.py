"""The basins that resemble one: the list with what is alike and what is not, and the same as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from explorer.compare_address import MOST, compare_url
from explorer.presenters.peer_map import peer_map
from explorer.presenters.peer_outcomes import outcome_columns, outcome_figure, outcomes_of
from explorer.presenters.peer_sources import peer_sources, weights_table
from explorer.question_form import option
from explorer.tables import Cell, Column, Table, shown
from explorer.wording import STATUS_SIGNS, apart, listed, number, status_label, titled, with_unit
from scoring.errors import BadQuestion
from scoring.facts import Facts, ZoneCard
from scoring.peer_traits import Purpose, peer_rules
from scoring.peers import Peer, Peers, TraitComparison, find_peers, purpose_of

PARAMETERS = ("pour", "hors_region", "nombre")
DEFAULT_COUNT, LARGEST_COUNT = 10, 50
OFFERED_COUNTS = (5, 10, 20, 50)
SHORT_COUNT = 4
# Width of the bar of a distance, in units of its drawing, and the distance that fills it: two basins at random.
BAR_WIDTH, WHOLE_BAR = 120.0, 1.0
FULL_COVERAGE = 0.995
# From this share of the basins having a nearer peer than its own, a basin is said to have few.
SINGULAR, PLAIN = 0.8, 0.2


@dataclass(frozen=True)
class PeersAsked:
    """What is asked of the list: for which purpose, the same region left out or not, how many."""

    purpose: Purpose
    excludes_region: bool = False
    count: int = DEFAULT_COUNT

    @classmethod
    def from_params(cls, params: QueryDict) -> "PeersAsked":
        """Return what a query string asks; raises `BadQuestion`."""
        purpose = purpose_of(params.get("pour"), parameter="pour", by_slug=True)
        return cls(purpose, _is_checked(params), _count(params))

    def query(self) -> str:
        """Return the query string, differences from the default only."""
        first = next(iter(peer_rules().purposes.values()))
        given = [("pour", self.purpose.slug)] if self.purpose is not first else []
        given += [("hors_region", "1")] if self.excludes_region else []
        given += [("nombre", str(self.count))] if self.count != DEFAULT_COUNT else []
        return f"?{urlencode(given)}" if given else ""


def _is_checked(params: QueryDict) -> bool:
    asked = params.get("hors_region", "").strip() or "0"
    if asked not in ("0", "1"):
        sentence = _(
            "« %(asked)s » n'est pas une valeur de hors_region : 1 laisse la même région de côté, 0 la garde."
        )
        raise BadQuestion("hors_region", sentence % {"asked": asked[:20]})
    return asked == "1"


def _count(params: QueryDict) -> int:
    text = params.get("nombre", "").strip() or str(DEFAULT_COUNT)
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= LARGEST_COUNT):
        sentence = _("« %(asked)s » n'est pas un nombre de bassins : un entier de 1 à %(most)s est attendu.")
        raise BadQuestion("nombre", sentence % {"asked": text[:20], "most": LARGEST_COUNT})
    return int(text)


def peers_url(zone_code: str) -> str:
    """Return the address of the basins that resemble one."""
    return reverse("explorer:basin-peers", args=(zone_code,))


def peers_page(facts: Facts, asked: PeersAsked, found: Peers) -> dict[str, Any]:
    """Return the context of the page of the basins that resemble one."""
    zone, url = found.zone, peers_url(found.zone.code)
    csv_url = f"{reverse('explorer:basin-peers-csv', args=(zone.code,))}{asked.query()}"
    codes = [zone.code, *(one.zone.code for one in found.peers)]
    return {
        "edition": facts.edition,
        "zone": zone,
        "url": url,
        "permalink": f"{url}{asked.query()}",
        "purposes": [option(one.slug, str(one.label), asked.purpose.slug) for one in peer_rules().purposes.values()],
        "why": str(asked.purpose.why),
        "excludes_region": asked.excludes_region,
        "counts": [
            option(str(one), number(one, 0), str(asked.count)) for one in sorted({*OFFERED_COUNTS, asked.count})
        ],
        "headline": headline(facts, found),
        "standing": standing(found),
        "scope": scope_sentence(found),
        "rows": [peer_row(facts, zone, one) for one in found.peers],
        "compare_url": compare_url(codes[:MOST]) if found.peers else "",
        "compared_count": min(len(found.peers), MOST - 1),
        "map": peer_map(facts, found) if found.peers else None,
        "outcomes": shown(facts, outcome_figure(facts, found)) if found.peers else None,
        "weights": shown(facts, weights_table(facts, asked.purpose)),
        "reviewed": peer_rules().reviewed,
        "source": peer_sources(facts, asked.purpose),
        "csv_url": csv_url,
    }


def short_peers(facts: Facts, zone_code: str) -> dict[str, Any]:
    """Return the few basins that resemble one most in general, for its own page."""
    purpose = next(iter(peer_rules().purposes.values()))
    found = find_peers(facts, zone_code, purpose, exclude_region=False, limit=SHORT_COUNT)
    return {
        "rows": [
            {"name": one.zone.name, "url": reverse("explorer:basin", args=(one.zone.code,)), "distance": one.distance}
            for one in found.peers
        ],
        "standing": standing(found),
        "url": peers_url(zone_code),
        "compare_url": compare_url([zone_code, *(one.zone.code for one in found.peers)]),
    }


def headline(facts: Facts, found: Peers, *, is_paper: bool = False) -> str:
    """Return the sentence that answers: who resembles it most; paper offers nothing to try."""
    if not found.peers:
        if found.nearest is None:
            told = _("Trop peu de chiffres sont connus de %(name)s pour dire quels bassins lui ressemblent.") % {
                "name": found.zone.name
            }
            return told if is_paper else f"{told} {advice()}"
        return _("Aucun bassin d'une autre région ne peut être comparé à %(name)s.") % {"name": found.zone.name}
    names = [
        _("%(name)s (%(distance)s)") % {"name": one.zone.name, "distance": number(one.distance, 2)}
        for one in found.peers[:3]
    ]
    told = ngettext(
        "Le bassin qui ressemble le plus à %(name)s : %(peers)s.",
        "Les bassins qui ressemblent le plus à %(name)s : %(peers)s.",
        len(names),
    )
    return told % {"name": found.zone.name, "peers": listed(names)}


def advice() -> str:
    """Return what a reader may try where too little is known."""
    return _("Essayez un autre angle, ou comparez-le à des bassins de votre choix.")


def standing(found: Peers) -> str:
    """Return whether the basin has true peers: its nearest one against the nearest of the others."""
    if found.nearest is None or found.singularity is None:
        return ""
    values = {
        "nearest": number(found.nearest, 2),
        "usual": number(found.usual_nearest, 2),
        "share": with_unit(number(100 * found.singularity, 0), "%"),
    }
    if found.singularity >= SINGULAR:
        return (
            _(
                "Ce bassin a peu de vrais semblables : son plus proche est à %(nearest)s, contre %(usual)s pour la "
                "moitié des bassins ; %(share)s des bassins en ont un plus proche."
            )
            % values
        )
    if found.singularity <= PLAIN:
        return (
            _(
                "Ce bassin a de proches semblables : le plus proche est à %(nearest)s, contre %(usual)s pour la "
                "moitié des bassins."
            )
            % values
        )
    return (
        _("Son plus proche semblable est à %(nearest)s ; pour la moitié des bassins, il est à moins de %(usual)s.")
        % values
    )


def scope_sentence(found: Peers) -> str:
    """Return among how many basins they were looked for, and how many could not be compared; empty where it is the
    basin itself of which too little is known."""
    if not found.compared:
        return ""
    parts = [
        _("%(count)s bassins comparés hors de ses régions") % {"count": number(found.compared, 0)}
        if found.excludes_region
        else _("%(count)s bassins comparés") % {"count": number(found.compared, 0)}
    ]
    if found.unknown:
        told = ngettext(
            "%(count)s laissé de côté faute de chiffres", "%(count)s laissés de côté faute de chiffres", found.unknown
        )
        parts.append(told % {"count": number(found.unknown, 0)})
    return f"{apart(parts)}."


def peer_row(facts: Facts, zone: ZoneCard, one: Peer) -> dict[str, Any]:
    """Return a peer as a row of the list."""
    return {
        "rank": one.rank,
        "code": one.zone.code,
        "name": one.zone.name,
        "url": reverse("explorer:basin", args=(one.zone.code,)),
        "where": listed([facts.regions[code] for code in one.zone.region_codes]),
        "distance": one.distance,
        "bar": round(BAR_WIDTH * min(one.distance / WHOLE_BAR, 1.0), 1),
        "covered": one.covered if one.covered < FULL_COVERAGE else None,
        "alike": [trait_line(trait) for trait in one.alike],
        "unlike": [trait_line(trait) for trait in one.unlike],
        "compare_url": compare_url([zone.code, one.zone.code]),
    }


def trait_line(one: TraitComparison) -> dict[str, str]:
    """Return a trait in two basins in words: there, then here; a long unit is written once."""
    unit = "%" if one.part or one.unit.startswith("%") else one.unit
    is_repeated = unit == "%" or one.here is None
    values = _("%(there)s, contre %(here)s ici") % {
        "there": trait_value(one, one.there, one.there_status, unit if is_repeated else ""),
        "here": trait_value(one, one.here, one.here_status, unit),
    }
    return {"label": one.label, "part": one.part, "values": values}


def trait_value(one: TraitComparison, value: float | None, status: str, unit: str) -> str:
    """Return a value with its sign and unit, or why there is none."""
    if value is None:
        return status_label(status)
    sign = STATUS_SIGNS.get(status, "")
    return f"{sign} {with_unit(number(value, one.decimals), unit)}".strip()


def peers_table(facts: Facts, found: Peers) -> Table:
    """Return the list as a table, the basin itself on the first row, with how each is doing."""
    columns = [
        Column(_("Rang"), decimals=0),
        Column(_("Code")),
        Column(_("Bassin"), is_french=True),
        Column(_("Régions"), is_french=True),
        Column(_("Écart (1 : deux bassins au hasard)"), decimals=3),
        Column(_("Part du poids connue des deux côtés"), unit="%", decimals=1),
        Column(_("Ce qui les rapproche")),
        Column(_("Ce qui les sépare")),
        *outcome_columns(facts),
    ]
    rows = [_cells(facts, found.zone, None), *(_cells(facts, one.zone, one) for one in found.peers)]
    title = _("Bassins semblables à %(name)s, %(purpose)s") % {
        "name": found.zone.name,
        "purpose": str(found.purpose.label),
    }
    return Table("peers", title, columns, rows)


def _cells(facts: Facts, zone: ZoneCard, peer: Peer | None) -> list[Cell]:
    where = listed([facts.regions[code] for code in zone.region_codes])
    return [
        peer.rank if peer else None,
        zone.code,
        zone.name,
        where,
        peer.distance if peer else 0.0,
        100 * peer.covered if peer else None,
        told_traits(peer.alike) if peer else "",
        told_traits(peer.unlike) if peer else "",
        *outcomes_of(facts, zone.code),
    ]


def told_traits(traits: Sequence[TraitComparison]) -> str:
    """Return traits in two basins as one text."""
    lines = [trait_line(one) for one in traits]
    return apart(
        [titled(f"{one['label']}, {one['part']}" if one["part"] else one["label"], one["values"]) for one in lines]
    )
