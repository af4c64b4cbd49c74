"""Raw rows of the economy: nomenclature, jobs, establishments, plants, flows between branches, as published."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from sources.models import RawRow


class RawNafLabel(RawRow):
    """A code of one level of NAF rev. 2 and its label."""

    level = models.CharField(max_length=10)
    code = models.CharField(max_length=6)
    label = models.CharField(max_length=300)


class RawNafChain(RawRow):
    """A sub-class of NAF rev. 2 with the codes above it."""

    subclass_code = models.CharField(max_length=6)
    class_code = models.CharField(max_length=5)
    group_code = models.CharField(max_length=4)
    division_code = models.CharField(max_length=2)
    section_code = models.CharField(max_length=1)


class RawZoneSector(RawRow):
    """Jobs of a zone in an A38 activity at the end of a year; null where the table leaves the cell blank."""

    zone_code = models.CharField(max_length=4)
    a38 = models.CharField(max_length=2)
    year = models.PositiveSmallIntegerField()
    jobs = models.PositiveIntegerField(null=True)


class RawZoneJobs(RawRow):
    """Jobs of a zone, or of the part of a zone in one region, in a year."""

    zone_code = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    jobs = models.PositiveIntegerField()


class RawHeritageFirm(RawRow):
    """A firm holding the label Entreprise du patrimoine vivant."""

    siret = models.CharField(max_length=14)
    name = models.CharField(max_length=200)
    naf_code = models.CharField(max_length=6)
    labelled_on = models.DateField()
    ends_on = models.DateField()
    lon = models.FloatField()
    lat = models.FloatField()


class RawLargePlant(RawRow):
    """A plant that declares its emissions, with where its address was found."""

    plant_id = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    naf_code = models.CharField(max_length=6)
    lon = models.FloatField()
    lat = models.FloatField()
    geocoder = models.CharField(max_length=60)


class RawZoneEstablishments(RawRow):
    """Employer establishments of a zone in an A17 activity."""

    zone_code = models.CharField(max_length=4)
    a17 = models.CharField(max_length=2)
    establishments = models.PositiveIntegerField()


class RawBranchFlow(RawRow):
    """What a branch bought from another in a year, in million dollars, by the codes of the input-output table.

    The buyer `GO` stands for the whole output of the supplier.
    """

    year = models.PositiveSmallIntegerField()
    supplier = models.CharField(max_length=10)
    buyer = models.CharField(max_length=10)
    is_imported = models.BooleanField()
    amount_musd = models.FloatField()


class RawIndication(RawRow):
    """An industrial geographical indication, with the place as its page names it."""

    name = models.CharField(max_length=120)
    registered_in = models.CharField(max_length=7)
    place = models.CharField(max_length=120)
    division = models.CharField(max_length=2)


class RawCommuneJobs(RawRow):
    """Private jobs of a commune in each year listed."""

    insee_code = models.CharField(max_length=5)
    years = ArrayField(models.PositiveSmallIntegerField())
    jobs = ArrayField(models.PositiveIntegerField())


class RawDepartmentAid(RawRow):
    """Industrial firms aided in a department since the start of a plan, at the end of a month."""

    department_code = models.CharField(max_length=3)
    month_end = models.DateField()
    firms = models.PositiveIntegerField()


class RawZoneProfile(RawRow):
    """Economic indicators of a zone as published already computed; null where the table leaves the cell blank."""

    zone_code = models.CharField(max_length=4)
    small_share_pct = models.FloatField(null=True)
    large_share_pct = models.FloatField(null=True)
    creations_growth_pct = models.FloatField(null=True)
    krugman_pct = models.FloatField(null=True)
