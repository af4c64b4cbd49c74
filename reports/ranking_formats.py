"""The forms in which the page of a ranking offers it: one list, in the order of the page."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from explorer.csv_tables import INTERNATIONAL, VARIANT


@dataclass(frozen=True)
class RankingFormat:
    """A form of the ranking: what the link says, the route of the file with its arguments, what its query adds."""

    label: str
    route: str
    arguments: tuple[str, ...] = ()
    also: str = ""

    def url(self, query: str) -> str:
        """Return the address of the file for the question of a query string."""
        return f"{reverse(self.route, args=self.arguments)}?{'&'.join(filter(None, (query, self.also)))}"


def ranking_formats() -> list[RankingFormat]:
    """Return every form of a ranking."""
    return [
        RankingFormat("CSV", "reports:ranking-csv"),
        RankingFormat("XLSX", "reports:ranking-xlsx"),
        RankingFormat("GeoPackage", "reports:ranking-file", ("gpkg",)),
        RankingFormat("GeoJSON", "reports:ranking-file", ("geojson",)),
        RankingFormat(_("GeoJSON et style QGIS (zip)"), "reports:ranking-file", ("zip",)),
        RankingFormat(_("carte en PNG"), "reports:ranking-map", ("png",)),
        RankingFormat(_("carte en SVG"), "reports:ranking-map", ("svg",)),
        RankingFormat(_("CSV international"), "reports:ranking-csv", also=f"{VARIANT}={INTERNATIONAL}"),
        RankingFormat(_("colonnes du CSV"), "reports:ranking-dictionary"),
    ]


def ranking_links(query: str) -> list[dict[str, str]]:
    """Return the label and the address of each form, for a group of links."""
    return [{"label": one.label, "url": one.url(query)} for one in ranking_formats()]
