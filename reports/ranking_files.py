"""The forms of a ranking for maps: each names what makes it, imported at its first use."""

from dataclasses import dataclass
from importlib import import_module

from scoring.ranking import Ranking


@dataclass(frozen=True)
class RankingFile:
    """A form of ranking: the suffix of its files, their media type, the function that makes them.

    `maker` is `module:function`, a function of the ranking and the whole address of its page.
    """

    suffix: str
    content_type: str
    maker: str
    stem: str = "classement"

    def make(self, ranking: Ranking, permalink: str) -> bytes:
        """Return the file."""
        module, _colon, name = self.maker.partition(":")
        made: bytes | str = getattr(import_module(module), name)(ranking, permalink)
        return made.encode() if isinstance(made, str) else made


def _by_suffix(*files: RankingFile) -> dict[str, RankingFile]:
    return {one.suffix: one for one in files}


GIS_FILES = _by_suffix(
    RankingFile("gpkg", "application/geopackage+sqlite3", "reports.gis.ranking_package:ranking_geopackage"),
    RankingFile("geojson", "application/geo+json", "reports.gis.ranking_package:ranking_geojson"),
    RankingFile("zip", "application/zip", "reports.gis.ranking_package:ranking_zip"),
)
