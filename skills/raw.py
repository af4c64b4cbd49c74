"""Raw rows of the skills: hires, occupation labels, crosswalk, occupations by sector and by region, as published."""

from django.db import models

from sources.models import RawRow


class RawHire(RawRow):
    """Hires of an occupation (ROME) by an activity (NAF sub-class)."""

    rome_code = models.CharField(max_length=5)
    naf_code = models.CharField(max_length=6)
    hires = models.PositiveIntegerField()


class RawRomeLabel(RawRow):
    """An occupation of ROME v3 and its label."""

    code = models.CharField(max_length=5)
    label = models.CharField(max_length=200)


class RawFapRome(RawRow):
    """A link between a detailed occupation family (FAP 225) and an occupation (ROME)."""

    fap_code = models.CharField(max_length=5)
    rome_code = models.CharField(max_length=5)


class RawFapSector(RawRow):
    """Share of a family's jobs held by one of its main employing sectors; `AU` gathers the others."""

    fap_code = models.CharField(max_length=3)
    label = models.CharField(max_length=200)
    a38 = models.CharField(max_length=2)
    share_pct = models.FloatField()


class RawFapRegion(RawRow):
    """Jobs of an occupation family (FAP 87) in a region."""

    region_code = models.CharField(max_length=2)
    fap_code = models.CharField(max_length=3)
    jobs = models.FloatField()
