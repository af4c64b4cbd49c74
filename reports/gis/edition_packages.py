"""The layers of an edition as GeoPackages, each with its words, its sources and a plain style."""

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from reports.contents.provenance import provenance
from reports.drawings.colours import colour
from reports.gis.edition_layers import LayerSpec
from reports.gis.geopackage import geopackage
from reports.gis.layer import Class, Package, Style
from reports.gis.ranking_package import dictionary, metadata, provenance_table, sources_table
from scoring.facts import Facts


def edition_package(facts: Facts, spec: LayerSpec, permalink: str) -> Package:
    """Return a layer with what explains it; `permalink` is the whole address of the list of files."""
    layer = spec.make(facts)
    asked = [(_("Couche"), capfirst(str(spec.label)))]
    told = provenance(facts, permalink, quoted=spec.sources(facts), asked=asked)
    ground = colour("accent") if spec.is_point else colour("map-land")
    outline = colour("surface") if spec.is_point else colour("line-strong")
    style = Style(layer.name, layer.title, "", [Class(layer.title, ground)], outline, spec.is_point)
    tables = [dictionary(layer.fields), provenance_table(told), sources_table(told)]
    return Package(layer, style, timezone.localdate().isoformat(), tables, metadata(told))


def edition_geopackage(facts: Facts, spec: LayerSpec, permalink: str) -> bytes:
    """Return a layer of the edition as a GeoPackage; the largest, that of communes, is 14 MB."""
    return geopackage(edition_package(facts, spec, permalink))
