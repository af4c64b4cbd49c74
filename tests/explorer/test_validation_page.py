"""The validation section of the Method page: the figures kept with the edition, said as they are, good or bad."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation

from explorer.presenters import validation
from explorer.presenters.validation import AREA_SCALE, WIDTH, drawn, shown, validation_context
from explorer.presenters.validation_words import (
    AIMED_AREA,
    activity_sentence,
    figure,
    goal_sentence,
    growth_sentence,
    metric_figure,
    order_sentence,
    rank_sentence,
    rival_sentence,
    score_label,
)
from measures.validation import Interval
from scoring.service import current_facts
from scoring.validation.judging import METRICS
from scoring.validation.results import Results, TargetResults, read_results
from tests.explorer.conftest import Read

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(db: None) -> Results:
    found = read_results(current_facts().edition.content_hash)
    assert found is not None
    return found


@pytest.fixture
def masked(kept: Results) -> TargetResults:
    return kept.targets["specialised"]


def changed(target: TargetResults, table: str, name: str, metric: str, value: Interval) -> TargetResults:
    """The same results with another figure."""
    found = {key: dict(metrics) for key, metrics in getattr(target, table).items()}
    found[name][metric] = value
    return replace(target, **{table: found})


def in_french(sentence: Any, *given: Any) -> str:
    with translation.override("fr"):
        return str(sentence(*given))


def test_every_score_and_metric_has_its_figure_and_interval(read: Read, kept: Results) -> None:
    tree = read("/methode/validation/")
    tables = tree.all("table", css_class="validation-metrics")
    assert len(tables) == len(kept.targets) == 2
    for table, target in zip(tables, kept.targets.values(), strict=True):
        rows = [row for row in table.all("tr") if row.all("td")]
        assert len(rows) == len(target.scores)
        by_label = {row.one("th").plain: [cell.plain for cell in row.all("td")] for row in rows}
        for name, metrics in target.scores.items():
            cells = by_label[in_french(score_label, name)]
            assert cells[: len(METRICS)] == [in_french(metric_figure, metric, metrics[metric]) for metric in METRICS]


def test_tables_have_captions_and_drawings_their_numbers(read: Read, kept: Results) -> None:
    section = read("/methode/validation/").one("section", css_class="validation")
    for table in section.all("table"):
        assert table.all("caption"), "a table says what it holds"
    for row in section.all("tr"):
        for svg in row.all("svg"):
            assert row.all("td", css_class="num"), "what is drawn is written beside"
            dot, span = svg.one("circle"), svg.one("rect")
            left, width = float(span.attributes["x"]), float(span.attributes["width"])
            assert left - 0.2 <= float(dot.attributes["cx"]) <= left + width + 0.2
    assert not [one for one in section.walk() if "style" in one.attributes]


def test_without_figures_of_this_edition_the_page_says_so(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validation, "read_results", lambda _content_hash: None)
    section = read("/methode/validation/").one("section", css_class="validation")
    assert "make validate" in section.plain
    assert not section.all("table")
    assert validation_context()["validation"]["is_known"] is False


def test_a_drawing_keeps_within_its_frame() -> None:
    low, high = AREA_SCALE
    assert drawn(Interval(low, low - 1, high + 1), AREA_SCALE) == {"low": 0.0, "width": WIDTH, "point": 0.0}
    middle = drawn(Interval(0.7, 0.55, 0.85), AREA_SCALE)
    assert middle == {"low": 60.0, "width": 120.0, "point": 120.0}


def test_figures_are_written_with_their_interval_and_no_negative_zero() -> None:
    with translation.override("fr"):
        assert figure(Interval(0.684, 0.6, 0.75)) == "0,68 (0,60 à 0,75)"
        assert figure(Interval(0.0301, -0.0001, 0.06), 3, signed=True) == "+0,030 (0,000 à +0,060)"
        assert figure(Interval(-0.02, -0.04, -0.01), signed=True) == "\u22120,02 (\u22120,04 à \u22120,01)"


def test_the_goal_is_said_reached_only_when_it_is(masked: TargetResults) -> None:
    assert "n'est pas atteint" in in_french(goal_sentence, masked)
    reached = changed(masked, "scores", "score", "roc_auc", Interval(0.82, 0.78, 0.86))
    assert "est atteint" in in_french(goal_sentence, reached)
    poor = replace(
        masked, scores={name: m | {"roc_auc": Interval(0.6, 0.5, 0.7)} for name, m in masked.scores.items()}
    )
    assert "Aucune" in in_french(goal_sentence, poor)


def test_no_area_under_the_aim_is_printed_as_if_it_reached_it(read: Read, masked: TargetResults) -> None:
    written = in_french(metric_figure, "roc_auc", Interval(0.7992, 0.7, 0.85))
    assert written == "0,799 (0,700 à 0,850)"
    table = read("/methode/validation/").all("table", css_class="validation-metrics")[0]
    place = METRICS.index("roc_auc")
    for name, found in masked.scores.items():
        label = in_french(score_label, name)
        row = next(row for row in table.all("tr") if row.all("td") and row.one("th").plain == label)
        shown_area = float(row.all("td")[place].plain.split()[0].replace(",", "."))
        assert (shown_area >= AIMED_AREA) == (found["roc_auc"].value >= AIMED_AREA), name


def test_the_short_sentence_of_a_ranking_claims_no_more_than_the_bench(masked: TargetResults) -> None:
    best = masked.best["roc_auc_within"]
    told = in_french(rank_sentence, masked)
    assert f"{100 * masked.scores['score']['roc_auc_within'].value:.0f} fois sur 100" in told
    assert f"({100 * masked.scores[best]['roc_auc_within'].value:.0f})" in told
    assert in_french(score_label, best).lower() in told and "rien ne montre qu'il fasse mieux" in told
    better = changed(masked, "ratios", "score", "roc_auc_within", Interval(1.2, 1.01, 1.4))
    assert "mieux que «" in in_french(rank_sentence, better)
    assert "rien ne montre" not in in_french(rank_sentence, better)


@pytest.mark.parametrize("url", ["/classement/?activite=32.50B", "/bassins/2716/pourquoi/?activite=32.50B"])
def test_what_the_bench_found_is_said_under_the_answer(
    read: Read, masked: TargetResults, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    validation._caution.cache_clear()
    lead = "Ce que l'épreuve du score en dit."
    notes = [one for one in read(url).all("p", css_class="note") if lead in one.plain]
    assert len(notes) == 1
    # Spaces before signs are of the page's own width.
    assert in_french(rank_sentence, masked).split() == notes[0].plain.removeprefix(lead).split()[:-5]
    assert [one.attributes["href"] for one in notes[0].all("a")] == ["/methode/validation/"]
    monkeypatch.setattr(validation, "read_results", lambda _content_hash: None)
    validation._caution.cache_clear()
    assert lead not in read(url).text
    validation._caution.cache_clear()


def test_doing_better_than_the_best_baseline_needs_the_whole_interval(masked: TargetResults) -> None:
    assert masked.ratios["score"]["auc_pr_within"].low < 1
    assert "Rien ne montre" in in_french(rival_sentence, masked)
    better = changed(masked, "ratios", "score", "auc_pr_within", Interval(1.2, 1.01, 1.4))
    assert "fait mieux" in in_french(rival_sentence, better)
    unsure = changed(masked, "ratios", "score", "auc_pr_within", Interval(1.2, 0.99, 1.4))
    assert "Rien ne montre" in in_french(rival_sentence, unsure)


def test_telling_activities_apart_and_growth_are_claimed_only_above_chance(kept: Results) -> None:
    masked, grown = kept.targets["specialised"], kept.targets["grown"]
    apart = changed(masked, "scores", "score", "roc_auc_basin", Interval(0.6, 0.55, 0.65))
    assert "distingue aussi" in in_french(activity_sentence, apart)
    assert "plus que pour quelle activité" in in_french(activity_sentence, masked)
    assert "n'annonce pas" in in_french(growth_sentence, grown)
    good = changed(grown, "scores", "score", "roc_auc_within", Interval(0.8, 0.7, 0.9))
    assert "annonce en partie" in in_french(growth_sentence, good)


def test_the_first_sentence_holds_the_figures(masked: TargetResults) -> None:
    found = masked.scores["score"]["roc_auc_within"]
    sentence = in_french(order_sentence, masked)
    assert f"{100 * found.value:.0f} fois sur 100 ({100 * found.low:.0f} à {100 * found.high:.0f})" in sentence


def test_a_pillar_is_called_a_preference_when_removing_it_costs_nothing(kept: Results) -> None:
    with translation.override("fr"):
        rows = {row["label"]: row["verdict"] for row in shown(kept)["pillars"]}
    assert rows["Tissu productif"] == "aide à prédire"
    assert rows["Conditions de vie"] == "préférence"
    assert len(rows) == 6
