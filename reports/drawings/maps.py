"""Maps for paper: the shapes inlined, classes by shade, marks of what is not known, legend and attribution."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from basins.shapes import HEIGHT, WIDTH
from explorer import choropleth
from explorer.choropleth import ZoneFigure
from explorer.maps import insets, label_places, score_legend
from explorer.value_classes import Scale
from explorer.wording import STATUS_SIGNS
from reports.drawings.colours import class_fill, colour
from reports.drawings.legend import class_legend, status_legend
from reports.drawings.outlines import FINE, outlines
from reports.drawings.svg import SMALL_SIZE, drawing, element, fold, lines_of_text, path, rect, short, text, text_width
from reports.fonts import BOLD
from scoring.facts import Facts
from scoring.ranking import Ranking

MAP_WIDTH = 520.0
# In units of the national map.
BORDER, HERE_EDGE, NAME_SIZE, INSET_NAME_SIZE = 0.9, 4.0, 24.0, 15.0
# Grounds without a shade of their own, by class; the others are shades.
GROUNDS = {"land": "map-land", "out": "surface", "nothing": "surface"}
HATCHES = {"nodata": "hatch", "secret": "hatch-dot", "guessed": "guessed"}


@dataclass(frozen=True)
class ZonesMap:
    """What a map of the zones shows: the class of each by code, the words of the legend, who is told apart.

    `statuses` are marks of what is not known (`css_class`, `label`, `count`); `marks` the zones whose value is an
    estimate beside observed ones; `here` the codes outlined and named; `id` sets its patterns apart on a page.
    """

    id: str
    classes: Mapping[str, str]
    legend_title: str
    legend: Sequence[Mapping[str, str]]
    statuses: Sequence[Mapping[str, str]] = ()
    marks: Sequence[str] = ()
    here: Sequence[str] = ()
    notes: Sequence[str] = ()


def ranking_map_svg(ranking: Ranking, here: str | None = None, width: float = MAP_WIDTH) -> str:
    """Return the map of the scores of a ranking; a basin given by code is outlined and named."""
    region = ranking.question.region
    classes = {
        zone.code: "out" if region and region not in zone.region_codes else f"q{ranking.map_classes[zone.code]}"
        for zone in ranking.facts.zones
    }
    notes = [_("Blanc : hors de la région demandée.")] if region else []
    shown = ZonesMap("score", classes, _("Score, en points"), score_legend(), here=[here] if here else (), notes=notes)
    return zones_map_svg(ranking.facts, shown, width)


def figures_map_svg(
    facts: Facts,
    figures: Sequence[ZoneFigure | None],
    scale: Scale,
    *,
    unit: str,
    here: str | None = None,
    width: float = MAP_WIDTH,
    map_id: str = "figure",
) -> str:
    """Return the map of a figure per zone, in the order of the facts; classes and marks are those of the pages."""
    told = [one for one in figures if one is not None]
    known = {one.status for one in told if one.value is not None}
    pairs = list(zip(facts.zones, figures, strict=True))
    estimated = [z.code for z, one in pairs if one and one.value is not None and one.status in STATUS_SIGNS]
    shown = ZonesMap(
        id=map_id,
        classes={z.code: "out" if one is None else choropleth.figure_class(one, scale) for z, one in pairs},
        legend_title=unit,
        legend=choropleth.legend(scale),
        statuses=choropleth.fills_legend(
            [one.status for one in told if one.value is None], choropleth.NO_FIGURE_FILLS
        ),
        marks=estimated if len(known) > 1 else (),
        here=[here] if here else (),
        notes=estimate_notes(known),
    )
    return zones_map_svg(facts, shown, width)


def estimate_notes(known: set[str]) -> list[str]:
    """Return what the legend says of estimates."""
    if known == {"estimated"}:
        return [_("≈ : toutes les valeurs sont estimées.")]
    return [_("≈ : valeur estimée.")] if "estimated" in known else []


def zones_map_svg(facts: Facts, shown: ZonesMap, width: float = MAP_WIDTH) -> str:
    """Return a national map with its legend under it."""
    scale = width / WIDTH
    paths, places = outlines(facts.edition.content_hash, FINE), label_places(facts.edition.content_hash)
    names = {zone.code: zone.name for zone in facts.zones}
    drawn = [patterns(shown.id, set(shown.classes.values())), inset_frames(), *zone_groups(paths, shown)]
    drawn += [path(paths[code], fill="none", stroke=colour("ink"), stroke_width=HERE_EDGE) for code in shown.here]
    drawn += [approximate(*places[code]) for code in shown.marks if code in places]
    drawn += [name_tag(names[code], *places[code], scale) for code in shown.here if code in places]
    under, height = legend_svg(shown, HEIGHT * scale + 8, width)
    return drawing(width, height, element("g", *drawn, transform=f"scale({short(scale)})"), under)


def zone_groups(paths: Mapping[str, str], shown: ZonesMap) -> list[str]:
    """Return the zones as one path a class: a printer of 306 paths takes three times longer."""
    groups: dict[str, list[str]] = {}
    for code, css_class in shown.classes.items():
        groups.setdefault(css_class, []).append(paths.get(code, ""))
    return [path("".join(groups[one]), **ground(one, shown.id)) for one in sorted(groups)]


def ground(css_class: str, map_id: str) -> dict[str, Any]:
    """Return how a class is filled and edged."""
    edge = {"stroke": colour("map-border"), "stroke_width": BORDER, "stroke_linejoin": "round"}
    if css_class in HATCHES:
        return edge | {"fill": f"url(#{map_id}-{HATCHES[css_class]})", "stroke": colour("line-strong")}
    if css_class in GROUNDS:
        is_bare = css_class != "land"
        dashes = {"stroke_dasharray": "2 2"} if css_class == "nothing" else {}
        bare = {"stroke": colour("line-strong"), "stroke_width": 0.7} | dashes if is_bare else {}
        return edge | {"fill": colour(GROUNDS[css_class])} | bare
    return edge | {"fill": class_fill(css_class)}


def patterns(map_id: str, used: set[str]) -> str:
    """Return the hatches that a map uses: unknown is hatched, secret has a dot too."""
    sizes = {"nodata": 9, "secret": 13, "guessed": 14}
    return element("defs", *(pattern(map_id, one, sizes[one]) for one in sorted(used & set(HATCHES))))


def pattern(map_id: str, css_class: str, size: int) -> str:
    """Return the hatch of a class as a tile."""
    base = colour("score-2") if css_class == "guessed" else colour("map-land")
    inner = [rect(0, 0, size, size, fill=base)]
    if css_class == "guessed":
        inner.append(text(2, 11, "≈", font_size=13.0))
    else:
        inner.append(path(f"M0 0V{size}", stroke=colour("line-strong"), stroke_width=3.0))
    if css_class == "secret":
        inner.append(element("circle", cx=7.0, cy=6.5, r=3.0, fill=colour("ink-soft")))
    turned = {} if css_class == "guessed" else {"patternTransform": "rotate(45)"}
    frame = {"id": f"{map_id}-{HATCHES[css_class]}", "width": size, "height": size, "patternUnits": "userSpaceOnUse"}
    return element("pattern", *inner, **frame, **turned)


def inset_frames(has_names: bool = True) -> str:
    """Return the frames of the lands drawn apart, and their names."""
    edge = {"fill": "none", "stroke": colour("line-strong"), "stroke_width": 0.8, "rx": 3}
    words = {"font_size": INSET_NAME_SIZE, "fill": colour("ink-soft")}
    return "".join(
        rect(one["x"], one["y"], one["width"], one["height"], **edge)
        + (text(one["name_x"], one["name_y"], str(one["name"]), **words) if has_names else "")
        for one in insets()
    )


def approximate(x: float, y: float) -> str:
    return text(x, y + 6, "≈", text_anchor="middle", font_size=18.0, font_weight=BOLD)


def name_tag(name: str, x: float, y: float, scale: float) -> str:
    """Return the name of a basin over the map, on a pale ground, kept within the map; sizes are those of print."""
    size = max(NAME_SIZE, 14 / scale)
    half = text_width(name, size, BOLD) / 2 + 6
    middle = min(max(x, half), WIDTH - half)
    line_y = y - 22 if y > 3 * size else y + 22 + size
    ground_box = rect(
        middle - half, line_y - size, 2 * half, 1.3 * size, fill=colour("surface"), fill_opacity=0.88, rx=4
    )
    return ground_box + text(middle, line_y, name, text_anchor="middle", font_size=size, font_weight=BOLD)


def legend_svg(shown: ZonesMap, top: float, width: float) -> tuple[str, float]:
    """Return the legend, what is not known, the notes and the attribution, and where they end."""
    classes, bottom = class_legend(shown.legend_title, shown.legend, top, width) if shown.legend else ("", top)
    statuses, bottom = status_legend(shown.statuses, shown.id, bottom, width, ground)
    words = " ".join([*shown.notes, attribution()])
    lines = fold(words, width, SMALL_SIZE)
    small = {"font_size": SMALL_SIZE, "fill": colour("ink-soft")}
    return classes + statuses + lines_of_text(0, bottom + 14, lines, 15, **small), bottom + 14 + 15 * len(lines)


def attribution() -> str:
    return _("Contours : INSEE, IGN. Outre-mer dans des cadres, chacun à son échelle.")
