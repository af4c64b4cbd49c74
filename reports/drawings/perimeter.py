"""The map of a perimeter for paper: its zones shaded by the share inside or by score, its outline over them."""

from django.utils.translation import gettext as _

from basins.perimeter_map import HEIGHT, WIDTH
from basins.perimeters import PerimeterZone
from explorer.perimeter_queries import PerimeterInside
from explorer.presenters.perimeter_map import SHARE_BREAKS, labels, percent, shade
from explorer.value_classes import Scale
from explorer.wording import apart, number
from reports.drawings.colours import class_fill, colour, is_deep
from reports.drawings.legend import class_legend
from reports.drawings.svg import SMALL_SIZE, drawing, element, fold, lines_of_text, path, rect, short, text, text_width
from reports.fonts import BOLD
from scoring.ranking import MAP_BREAKS, Ranking

MAP_WIDTH = 560.0
# In units of the map of a perimeter.
BORDER, OUTLINE, NAME_SIZE = 1.2, 4.0, 19.0
TOLD = 5


def perimeter_map_svg(inside: PerimeterInside, ranking: Ranking | None = None, width: float = MAP_WIDTH) -> str:
    """Return a perimeter over the zones it touches, shaded by the share of their people inside, or by score."""
    scale, ratio = shading(ranking), width / WIDTH
    shares = {one.code: one for one in inside.zones}
    fills = {code: class_fill(shade(part, scale, ranking)) for code, part in shares.items()}
    drawn = [zone_path(one.path, fills.get(one.code)) for one in inside.map.zones]
    drawn.append(path(inside.map.outline, fill="none", stroke=colour("ink"), stroke_width=OUTLINE))
    by_code = {one.code: one for one in inside.map.zones}
    named = labels(
        [by_code[one.code] for one in inside.zones if one.code in by_code], {c for c in fills if is_deep(fills[c])}
    )
    drawn += [name_tag(one["name"], float(one["x"]), float(one["y"])) for one in named]
    clip = element("clipPath", rect(0, 0, WIDTH, HEIGHT), id="perimeter-frame")
    body = element("g", *drawn, clip_path="url(#perimeter-frame)", transform=f"scale({short(ratio)})")
    title = _("Score, en points") if ranking else _("Part de leurs habitants dans le périmètre, en %")
    legend, bottom = class_legend(title, scale.legend(), HEIGHT * ratio + 8, width)
    notes = fold(_("Trait épais : le périmètre. Contours : INSEE, IGN."), width, SMALL_SIZE)
    small = {"font_size": SMALL_SIZE, "fill": colour("ink-soft")}
    return drawing(
        width, bottom + 18, element("defs", clip), body, legend, lines_of_text(0, bottom + 14, notes, 15, **small)
    )


def shading(ranking: Ranking | None) -> Scale:
    """Return the classes of the map: those of the page."""
    return Scale(SHARE_BREAKS if ranking is None else MAP_BREAKS, "sequential", 0)


def zone_path(d: str, fill: str | None) -> str:
    """Return a zone of the perimeter with its shade, or one around it, bare."""
    edge = {"stroke": colour("map-border" if fill else "line-strong"), "stroke_width": BORDER if fill else 0.6}
    return path(d, fill=fill or colour("paper"), **edge)


def name_tag(name: str, x: float, y: float) -> str:
    """Return the name of a zone on a pale ground."""
    half = text_width(name, NAME_SIZE, BOLD) / 2 + 5
    x = min(max(x, half), WIDTH - half)
    box = rect(
        x - half, y - 0.95 * NAME_SIZE, 2 * half, 1.3 * NAME_SIZE, fill=colour("surface"), fill_opacity=0.85, rx=4
    )
    return box + text(x, y, name, text_anchor="middle", font_size=NAME_SIZE, font_weight=BOLD)


def perimeter_map_alt(inside: PerimeterInside, name: str, ranking: Ranking | None = None) -> str:
    """Return the map in words: the zones with their share inside, or their score, the greatest first."""
    parts = sorted(inside.zones, key=lambda one: -told_value(one, ranking))[:TOLD]
    told = apart([f"{one.name}, {told_words(one, ranking)}" for one in parts])
    values = {"name": name, "count": len(inside.zones), "zones": told}
    return _("Carte du périmètre « %(name)s » et de ses %(count)s bassins ; les premiers : %(zones)s.") % values


def told_value(one: PerimeterZone, ranking: Ranking | None) -> float:
    return one.zone_share if ranking is None else ranking.basin(one.code).score


def told_words(one: PerimeterZone, ranking: Ranking | None) -> str:
    """Return what a zone is shaded by, in words."""
    if ranking is None:
        return _("%(share)s de ses habitants dans le périmètre") % {"share": percent(one.zone_share)}
    return _("%(score)s points") % {"score": number(ranking.basin(one.code).score, 1)}
