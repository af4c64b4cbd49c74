"""Raw rows of the infrastructure files: one table per concept, kept as read."""

from django.db import models

from sources.models import RawRow


class BrownfieldRow(RawRow):
    """A site of the Cartofriches base; surfaces in square metres, texts as the producer writes them."""

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
