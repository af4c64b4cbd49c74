"""The indicators of the skills on the built-in edition: every zone has a status, and figures make sense."""

import pytest

from basins.indicators import indicators
from basins.queries import zone_value_frame
from scoring.definitions import criteria
from sources.models import Edition

pytestmark = pytest.mark.django_db

OWN = [one for one in indicators().values() if one.group == "skills"]


@pytest.fixture
def values():
    frame = zone_value_frame(Edition.objects.current())
    return frame[frame["indicator"].str.startswith("skills.")]


def test_every_indicator_has_every_zone_and_nothing_else_is_there(values):
    assert set(values["indicator"]) == {one.id for one in OWN}
    assert values.groupby("indicator")["zone"].nunique().eq(306).all()


def test_shares_lie_between_nothing_and_everything(values):
    known = values.dropna(subset=["value"])
    assert known["value"].between(0, 100).all()


def test_workers_technicians_and_engineers_make_the_whole(values):
    parts = values[values["indicator"].isin(["skills.worker_pct", "skills.technician_pct", "skills.engineer_pct"])]
    sums = parts.groupby("zone")["value"].sum(min_count=3).dropna()
    assert len(sums) == 305
    assert sums.to_numpy() == pytest.approx(100, abs=0.2)


def test_hiring_difficulty_is_shown_and_never_scored(values):
    shown = {"skills.hard_to_fill_pct", "skills.seasonal_pct"}
    assert shown <= set(values["indicator"])
    assert not shown & {one.id for one in criteria()}
    assert all(indicators()[name].better == "none" for name in shown)
