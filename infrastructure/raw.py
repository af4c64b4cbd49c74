"""Raw rows of the infrastructure files: one table per concept, kept as read."""

from django.contrib.gis.db import models

from sources.models import RawRow


class BrownfieldRow(RawRow):
    """A site of an inventory; surfaces in square metres, texts as the producer writes them.

    `geom` is its outline where the inventory draws it, `repair` what was mended in it.
    """

    code = models.TextField()
    name = models.TextField()
    site_type = models.TextField()
    site_status = models.TextField()
    insee_code = models.CharField(max_length=5)
    site_surface_m2 = models.FloatField(null=True)
    unit_surface_m2 = models.FloatField(null=True)
    zoning = models.TextField()
    is_checked = models.BooleanField()
    lon = models.FloatField()
    lat = models.FloatField()
    geom = models.MultiPolygonField(null=True)
    repair = models.TextField(db_default="")


class BrownfieldOutlineRow(RawRow):
    """The outline of a site of an inventory that publishes outlines apart, and its surface as measured there."""

    code = models.TextField()
    surface_m2 = models.FloatField(null=True)
    geom = models.MultiPolygonField()
    repair = models.TextField()


class CommuneBrownfieldRow(RawRow):
    """How many sites an inventory lists in a commune: all, of two kinds, and by status."""

    insee_code = models.CharField(max_length=5)
    site_count = models.IntegerField()
    industrial_count = models.IntegerField()
    unknown_type_count = models.IntegerField()
    without_project_count = models.IntegerField()
    with_project_count = models.IntegerField()
    reconverted_count = models.IntegerField()
    potential_count = models.IntegerField()


class ParkRow(RawRow):
    """A business park (CNIG SITE-ECO); hectares, `networks` the equipment present, comma-separated."""

    code = models.TextField()
    name = models.TextField()
    park_type = models.TextField()
    vocation = models.TextField()
    stage = models.TextField()
    gross_ha = models.FloatField()
    available_ha = models.FloatField(null=True)
    insee_code = models.CharField(max_length=5)
    is_industrial = models.BooleanField(null=True)
    networks = models.TextField()
    updated_on = models.DateField()
    geom = models.MultiPolygonField()
    repair = models.TextField()


class ParkPlotRow(RawRow):
    """A plot of a business park (CNIG TERRAIN-ECO): its hectares and whether it is for sale and ready."""

    code = models.TextField()
    park_code = models.TextField()
    gross_ha = models.FloatField()
    fitting_stage = models.TextField()
    sale_stage = models.TextField()
    is_turnkey = models.BooleanField(null=True)
    geom = models.MultiPolygonField()
    repair = models.TextField()


class SubstationRow(RawRow):
    """A node of the transmission grid as RTE lists it; `voltage` as written (225kV, <45kV, HORS TENSION)."""

    code = models.TextField()
    name = models.TextField()
    function = models.TextField()
    state = models.TextField()
    voltage = models.TextField()
    lon = models.FloatField()
    lat = models.FloatField()


class RailLineRow(RawRow):
    """A line of the national rail network, simplified by its producer."""

    name = models.TextField()
    geom = models.LineStringField()


class NodeRow(RawRow):
    """A place as its producer lists it, any kind; `country` and `category` as the producer writes them."""

    code = models.TextField()
    name = models.TextField()
    country = models.TextField()
    category = models.TextField()
    lon = models.FloatField()
    lat = models.FloatField()


class RoadSectionRow(RawRow):
    """A section of the national road network: its length, daily traffic when counted, and its two ends."""

    route = models.TextField()
    department = models.CharField(max_length=3)
    length_m = models.FloatField()
    daily_traffic = models.IntegerField(null=True)
    start_lon = models.FloatField()
    start_lat = models.FloatField()
    end_lon = models.FloatField()
    end_lat = models.FloatField()
