"""Tables of the skills, for scoring and pages: what activities hire, what zones hold, seek and train."""

import pandas as pd
from django.contrib.gis.db.models import PointField
from django.db.models import FloatField, Func
from django.db.models.functions import Cast, Length

from basins.models import Department, EmploymentZone
from skills.models import (
    ActivityFamilyHire,
    ActivityHire,
    ActivityTradeHire,
    FamilyContext,
    FamilyLevel,
    JobTitle,
    OccupationFamily,
    Tightness,
    TrainingPlace,
    ZoneDepartment,
    ZoneHiring,
    ZoneLevel,
    ZoneOccupation,
)
from skills.tightness import ZoneTightness, zone_tightness
from sources.models import Edition

FAMILY_LENGTH = 3  # of a code of the 87 families


def families() -> pd.DataFrame:
    """Return the occupation families: code, label."""
    rows = OccupationFamily.objects.order_by("code").values_list("code", "label")
    return pd.DataFrame.from_records(rows, columns=["code", "label"])


def zone_occupation_frame(edition: Edition) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return two tables zones x families: estimated jobs (NaN where missing) and their relative error (may pass 1)."""
    names = ["zone", "family", "value", "error_share"]
    rows = ZoneOccupation.objects.of(edition).values_list("zone__code", "family_id", "value", "error_share")
    cells = pd.DataFrame.from_records(rows, columns=names)
    zones = pd.Index(EmploymentZone.objects.of(edition).order_by("code").values_list("code", flat=True), name="zone")
    codes = pd.Index(OccupationFamily.objects.order_by("code").values_list("code", flat=True), name="family")

    def table(column: str) -> pd.DataFrame:
        wide = cells.pivot(index="zone", columns="family", values=column)
        return wide.reindex(index=zones, columns=codes).astype("float64")

    return table("value"), table("error_share")


def activity_family_hires(edition: Edition) -> pd.DataFrame:
    """Return what each sub-class hires by family: naf_code, family, hires."""
    rows = ActivityFamilyHire.objects.of(edition).order_by("naf_code", "family_id")
    names = ["naf_code", "family", "hires"]
    return pd.DataFrame.from_records(rows.values_list("naf_code", "family_id", "hires"), columns=names)


def activity_hires(edition: Edition) -> pd.DataFrame:
    """Return what each sub-class hires by occupation: naf_code, occupation (ROME code), label, hires."""
    rows = ActivityHire.objects.of(edition).order_by("naf_code", "occupation_id")
    names = ["naf_code", "occupation", "label", "hires"]
    fields = ("naf_code", "occupation_id", "occupation__label", "hires")
    return pd.DataFrame.from_records(rows.values_list(*fields), columns=names)


def job_titles(edition: Edition) -> dict[str, list[tuple[str, int]]]:
    """Return by occupation label the sub-classes that hire it, (naf_code, hires), most hires first."""
    titles: dict[str, list[tuple[str, int]]] = {}
    rows = ActivityHire.objects.of(edition).order_by("occupation__label", "-hires", "naf_code")
    for label, naf_code, hires in rows.values_list("occupation__label", "naf_code", "hires"):
        titles.setdefault(label, []).append((naf_code, hires))
    return titles


def appellations() -> dict[str, list[str]]:
    """Return by occupation label its job titles, in the order of their codes."""
    found: dict[str, list[str]] = {}
    for occupation, title in JobTitle.objects.order_by("code").values_list("occupation__label", "label"):
        found.setdefault(occupation, []).append(title)
    return found


def activity_trade_hires(edition: Edition) -> pd.DataFrame:
    """Return what each sub-class hires by trade: naf_code, trade, hires."""
    rows = ActivityTradeHire.objects.of(edition).order_by("naf_code", "trade")
    names = ["naf_code", "trade", "hires"]
    return pd.DataFrame.from_records(rows.values_list(*names), columns=names)


def zone_hiring_frame(edition: Edition) -> pd.DataFrame:
    """Return the hiring projects: zone, trade ("all" for all), year, value, low, high (NaN unknown), status."""
    rows = ZoneHiring.objects.of(edition).order_by("year", "zone__code", "trade")
    names = ["zone", "trade", "year", "value", "low", "high", "status"]
    frame = pd.DataFrame.from_records(rows.values_list("zone__code", *names[1:]), columns=names)
    return frame.astype({"value": "float64", "low": "float64", "high": "float64"})


def training_frame(edition: Edition) -> pd.DataFrame:
    """Return the places of training: kind, domain, candidates and courses (NaN where not counted so), lon, lat."""
    degrees = {
        name: Func(Cast("point", PointField()), function=function, output_field=FloatField())
        for name, function in (("lon", "ST_X"), ("lat", "ST_Y"))
    }
    numbers = ("candidates", "courses", *degrees)
    rows = TrainingPlace.objects.of(edition).annotate(**degrees).order_by("code")
    frame = pd.DataFrame(list(rows.values_list("kind", "domain", *numbers)), columns=["kind", "domain", *numbers])
    return frame.astype(dict.fromkeys(numbers, "float64"))


def tightness_frame(edition: Edition) -> pd.DataFrame:
    """Return the published tightness of the 87 families: grain, area_code, family_code, value, category."""
    names = ["grain", "area_code", "family_code", "value", "category"]
    rows = Tightness.objects.of(edition).annotate(length=Length("family_code")).filter(length=FAMILY_LENGTH)
    frame = pd.DataFrame.from_records(rows.order_by(*names[:3]).values_list(*names), columns=names)
    return frame.astype({"value": "float64"})


def zone_department_shares(edition: Edition) -> pd.DataFrame:
    """Return zone, department, jobs_share (0-1): how the jobs of each zone lie over departments."""
    rows = ZoneDepartment.objects.of(edition).order_by("zone__code", "department_id")
    names = ["zone", "department", "jobs_share"]
    return pd.DataFrame.from_records(rows.values_list("zone__code", "department_id", "jobs_share"), columns=names)


def region_of_department() -> pd.Series:
    """Return the region code of each department."""
    rows = dict(Department.objects.order_by("code").values_list("code", "region_id"))
    return pd.Series(rows, dtype=object)


def zone_tightness_of(edition: Edition) -> ZoneTightness:
    """Return the tightness of the zones of an edition by family, departments weighted by the zone's jobs in each."""
    return zone_tightness(tightness_frame(edition), region_of_department(), zone_department_shares(edition))


def family_context_frame(edition: Edition) -> pd.DataFrame:
    """Return the national figures of families: family, measure, item, label, value (NaN where unknown), status."""
    names = ["family", "measure", "item", "label", "value", "status"]
    rows = FamilyContext.objects.of(edition).order_by("family_id", "measure", "item")
    frame = pd.DataFrame.from_records(rows.values_list("family_id", *names[1:]), columns=names)
    return frame.astype({"value": "float64"})


def family_levels_frame(edition: Edition) -> pd.DataFrame:
    """Return the levels of the families that produce or maintain: family, level, share (0-1)."""
    rows = FamilyLevel.objects.of(edition).order_by("family_id", "level").values_list("family_id", "level", "share")
    return pd.DataFrame.from_records(rows, columns=["family", "level", "share"])


def zone_level_frame(edition: Edition) -> pd.DataFrame:
    """Return the production and maintenance jobs by level: zone, level, value (NaN unknown), error_share, status."""
    names = ["zone", "level", "value", "error_share", "status"]
    rows = ZoneLevel.objects.of(edition).order_by("zone__code", "level").values_list("zone__code", *names[1:])
    return pd.DataFrame.from_records(rows, columns=names).astype({"value": "float64"})
