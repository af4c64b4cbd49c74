"""Raw rows of the skills, as published: hires, crosswalks, occupations by sector and region, hiring, training."""

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


class RawHiringIntention(RawRow):
    """Hiring projects of an occupation in the part of a survey basin that lies in a department; null when secret.

    `hard` are those the employer judges hard to fill, `seasonal` the seasonal ones.
    """

    occupation_code = models.CharField(max_length=5)
    basin_code = models.CharField(max_length=4)
    department = models.CharField(max_length=3)
    projects = models.PositiveIntegerField(null=True)
    hard = models.PositiveIntegerField(null=True)
    seasonal = models.PositiveIntegerField(null=True)


class RawSurveyBasin(RawRow):
    """The survey basin (bassin d'emploi of France Travail) of a commune, former communes included."""

    insee_code = models.CharField(max_length=5)
    basin_code = models.CharField(max_length=4)


class RawCommuneJobs(RawRow):
    """Private salaried jobs of a commune at the end of a year."""

    insee_code = models.CharField(max_length=5)
    year = models.PositiveSmallIntegerField()
    jobs = models.PositiveIntegerField()


class RawVocationalSchool(RawRow):
    """A lycée with vocational baccalauréat candidates, by production domain; null where it has none."""

    uai = models.CharField(max_length=8)
    name = models.CharField(max_length=200)
    insee_code = models.CharField(max_length=5)
    general = models.PositiveIntegerField(null=True)
    transformation = models.PositiveIntegerField(null=True)
    civil_wood = models.PositiveIntegerField(null=True)
    soft_materials = models.PositiveIntegerField(null=True)
    mechanics_electricity = models.PositiveIntegerField(null=True)


class RawCourse(RawRow):
    """An industrial course after the baccalauréat, with its point; the zone is empty outside every zone."""

    uai = models.CharField(max_length=8)
    school = models.CharField(max_length=200)
    kind = models.CharField(max_length=30)
    course = models.CharField(max_length=300)
    lon = models.FloatField()
    lat = models.FloatField()
    zone = models.CharField(max_length=4, blank=True)


class RawTightness(RawRow):
    """Recruitment tightness of an occupation family (FAP 87 or 225) in the country, a region or a department.

    The six complementary categories (1 to 5) and that of the index are null together where not published.
    """

    grain = models.CharField(max_length=10)
    area_code = models.CharField(max_length=3, blank=True)
    fap_code = models.CharField(max_length=5)
    jobs = models.PositiveIntegerField()
    index = models.FloatField(null=True)
    category = models.PositiveSmallIntegerField(null=True)
    hiring_intensity = models.PositiveSmallIntegerField(null=True)
    training_link = models.PositiveSmallIntegerField(null=True)
    labour_scarcity = models.PositiveSmallIntegerField(null=True)
    job_instability = models.PositiveSmallIntegerField(null=True)
    demanding_conditions = models.PositiveSmallIntegerField(null=True)
    geographic_mismatch = models.PositiveSmallIntegerField(null=True)
    year = models.PositiveSmallIntegerField()


class RawFapPcs(RawRow):
    """A link between a detailed occupation family (FAP 225) and a socio-professional post (PCS 2003)."""

    fap_code = models.CharField(max_length=5)
    pcs_code = models.CharField(max_length=4)


class RawFamilyFigure(RawRow):
    """A national figure of an occupation family in a period: tightness, jobs in thousands, or a median wage."""

    fap_code = models.CharField(max_length=5)
    period = models.CharField(max_length=9)
    value = models.FloatField(null=True)


class RawFamilySpeciality(RawRow):
    """Share of a family's workers who hold a speciality of training (NSF); the first specialities only."""

    fap_code = models.CharField(max_length=5)
    speciality_code = models.CharField(max_length=3)
    label = models.CharField(max_length=200)
    share_pct = models.FloatField()


class RawHigherSchool(RawRow):
    """A main institution of higher education at its head office; the identifier is empty where none is given."""

    uai = models.CharField(max_length=8, blank=True)
    other_uai = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=40)
    lon = models.FloatField()
    lat = models.FloatField()
    insee_code = models.CharField(max_length=5, blank=True)


class RawJobTitle(RawRow):
    """A job title (appellation) and the occupation (ROME) it belongs to."""

    code = models.CharField(max_length=6)
    label = models.CharField(max_length=200)
    rome_code = models.CharField(max_length=5)
