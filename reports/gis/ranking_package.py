"""A ranking as files for geographic information systems: GeoPackage, GeoJSON, and GeoJSON with its styles as a zip."""

import io
import zipfile
from collections.abc import Sequence
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import gettext as _

from basins.outlines import zone_outlines, zone_outlines_geojson
from reports.contents.asked import question_words
from reports.contents.provenance import provenance
from reports.document import Provenance
from reports.gis.geojson import geojson
from reports.gis.geopackage import geopackage
from reports.gis.layer import Field, Package, SideTable
from reports.gis.ranking_layer import NAME, ranking_layer, score_style
from reports.gis.styles import qml, sld
from reports.provenance_words import provenance_lines
from scoring.facts import Facts
from scoring.ranking import Ranking
from sources.models import Edition

OUTLINES = "zone-outlines"


def ranking_package(ranking: Ranking, permalink: str) -> Package:
    """Return the layer of a ranking with what explains it; `permalink` is the whole address of its page."""
    layer = ranking_layer(ranking, outlines_of(ranking.facts.edition.content_hash))
    told = provenance(ranking.facts, permalink, quoted=quoted(ranking), asked=question_words(ranking))
    return Package(
        layer=layer,
        style=score_style(),
        made_on=timezone.localdate().isoformat(),
        tables=[dictionary(layer.fields), provenance_table(told), sources_table(told)],
        metadata=metadata(told),
    )


def quoted(ranking: Ranking) -> list[str]:
    """Return the data sets behind the criteria in use, and the outlines."""
    return sorted({slug for one in ranking.used for slug in one.sources} | {OUTLINES})


@lru_cache(maxsize=2)
def outlines_of(content_hash: str) -> dict[str, bytes]:
    """Return the outlines of the zones of an edition (EPSG:4326) by code, 1.8 MB."""
    return zone_outlines(Edition.objects.get(content_hash=content_hash))


@lru_cache(maxsize=2)
def geojson_outlines_of(content_hash: str) -> dict[str, str]:
    """Return the same as texts of GeoJSON geometries, 2.2 MB."""
    return zone_outlines_geojson(Edition.objects.get(content_hash=content_hash))


def boxes_of(facts: Facts) -> dict[str, tuple[float, float, float, float]]:
    return {zone.code: zone.bbox for zone in facts.zones}


def metadata(told: Provenance) -> dict[str, str]:
    """Return what a catalogue reads, by names that no language changes."""
    return {
        "edition": told.edition_name,
        "edition_hash": told.edition_hash,
        "made_on": told.made_on,
        "asked": " ; ".join(f"{label} : {words}" for label, words in told.asked),
        "permalink": told.permalink,
        "licence": told.licence,
        "attribution": told.attribution,
        "sources": " ; ".join(f"{one.producer}, {one.title}, {one.vintage}" for one in told.sources),
    }


def dictionary(fields: Sequence[Field]) -> SideTable:
    """Return what each column is."""
    rows = [(one.name, one.label, one.description, one.kind, one.unit, one.source) for one in fields]
    columns = ("colonne", "libelle", "description", "type", "unite", "source")
    return SideTable("dictionnaire", _("Dictionnaire des colonnes"), columns, rows)


def provenance_table(told: Provenance) -> SideTable:
    """Return where the file comes from and what was asked."""
    return SideTable("provenance", _("Provenance du fichier"), ("quoi", "texte"), provenance_lines(told))


def sources_table(told: Provenance) -> SideTable:
    """Return the data sets behind the figures."""
    rows = [(one.producer, one.title, one.vintage, one.licence, one.page) for one in told.sources]
    columns = ("producteur", "titre", "millesime", "licence", "page")
    return SideTable("sources", _("Sources des chiffres"), columns, rows)


def ranking_geopackage(ranking: Ranking, permalink: str) -> bytes:
    """Return a ranking as a GeoPackage."""
    return geopackage(ranking_package(ranking, permalink))


def ranking_geojson(ranking: Ranking, permalink: str) -> str:
    """Return a ranking as the text of a GeoJSON collection."""
    outlines = geojson_outlines_of(ranking.facts.edition.content_hash)
    return geojson(ranking_package(ranking, permalink), outlines, boxes_of(ranking.facts))


def ranking_zip(ranking: Ranking, permalink: str) -> bytes:
    """Return GeoJSON with, beside it, the styles that systems look for under the same name."""
    package = ranking_package(ranking, permalink)
    files = {
        f"{NAME}.geojson": ranking_geojson(ranking, permalink),
        f"{NAME}.qml": qml(package.style, list(package.layer.fields)),
        f"{NAME}.sld": sld(package.style),
    }
    return zipped(files)


def zipped(files: dict[str, str]) -> bytes:
    """Return a zip of texts; its entries bear no moment, so that the same files give the same bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text.encode(), zipfile.ZIP_DEFLATED)
    return written.getvalue()
