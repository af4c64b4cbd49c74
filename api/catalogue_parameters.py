"""The parameters of the lists, and of the pairs of a ranking."""

from api.pagination import MOST_PAIRED
from api.parameters import LANG, NAMED, OFFSET, PAGE, RANKINGS, REGION, limit, parameter
from basins.indicators import indicators

KINDS = ("industry_territory", "epci", "department", "region")
GROUPS = tuple(dict.fromkeys(one.group for one in indicators().values()))

INDICATORS = [
    parameter("group", "First word of the identifiers.", example="living", enum=list(GROUPS)),
    *PAGE,
    LANG,
]
INDICATOR = [REGION, *PAGE, LANG]
CRITERIA = [*PAGE, LANG]
SOURCES = [*PAGE, LANG]
COMMUNES = [
    parameter("q", "Name of a commune, or beginning of its INSEE code.", example="Morez", **NAMED),
    parameter("basin", "Code of the basin that holds the communes.", example="2716", pattern="^[0-9]{4}$"),
    *PAGE,
    LANG,
]
PERIMETERS = [
    parameter("kind", "Only perimeters of this kind.", enum=list(KINDS)),
    parameter("q", "Part of the name.", example="jura", **NAMED),
    parameter("basin", "Code of a basin that shares a commune with them.", example="2716", pattern="^[0-9]{4}$"),
    *PAGE,
    LANG,
]
PERIMETER_COMMUNES = [*PAGE, LANG]
PAIRS = [
    *(one for one in RANKINGS if one not in (*PAGE, LANG)),
    limit("Most basins compared two by two.", most=MOST_PAIRED),
    OFFSET,
    LANG,
]
