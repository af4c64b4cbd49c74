"""What a report says of ranks: each with its interval, none where too little is known of a basin."""

import pytest

from reports.contents.why import why_report
from scoring.known_share import is_too_little_known, known_share
from scoring.question import Question
from scoring.service import current_facts
from scoring.service import rank as rank_basins
from tests.explorer.conftest import Read, get, read  # noqa: F401 - fixtures
from tests.reports.test_contents_basin import report, summary_sentences

pytestmark = pytest.mark.django_db


def test_every_rank_for_an_activity_comes_with_its_interval() -> None:
    facts, document = current_facts(), report("8425")
    sheets = {one.table.id: one for one in document.sheets()}
    for name in ("best", "leads", "activities", "resources"):
        table = sheets[name].table
        rank, first, last = (
            [one.label for one in table.columns].index(label)
            for label in ("Rang du bassin", "Rang, au mieux (9 tirages sur 10)", "Rang, au pire (9 tirages sur 10)")
        )
        code = [one.label for one in table.columns].index("Code NAF")
        assert table.rows and all(1 <= row[first] <= row[last] <= len(facts.zones) for row in table.rows)
        for row in (table.rows[0], table.rows[-1]):
            node = facts.nomenclature.find(row[code])
            ranking = rank_basins(facts, Question(node.code, node.level))
            interval = ranking.basin("8425").interval
            assert interval and (row[rank], row[first], row[last]) == (
                ranking.basin("8425").rank,
                interval.p05,
                interval.p95,
            )
    told = [one.text for one in summary_sentences(document) if " points." in one.text]
    assert told and all("dans 9 tirages sur 10" in one for one in told)
    labels = [one.label for one in sheets["best"].shown_table().columns]
    assert "Rang, au mieux (9 tirages sur 10)" in labels
    assert "Rang, au pire (9 tirages sur 10)" in labels


def test_a_basin_of_which_too_little_is_known_is_told_so_and_no_other_is(read: Read) -> None:  # noqa: F811
    facts = current_facts()
    assert [one.code for one in facts.zones if is_too_little_known(facts, one.code)] == ["0601"]
    assert known_share(facts, "0601") == pytest.approx(0.324, abs=0.001)
    page = read("/bassins/0601/")
    assert "Aucune activité n'est donc proposée." in page.plain and not page.all("ol", css_class="best")
    assert "Aucune activité n'est donc proposée." in read("/bassins/0601/activites/").plain


def test_alike_basins_are_ranked_for_an_activity_with_their_interval() -> None:
    facts = current_facts()
    ranking = rank_basins(facts, Question("32.50B", "subclass"))
    document = why_report(ranking, ranking.basin("8425"), "https://bassins.example")
    peers = next(one for one in document.sheets() if one.table.id == "peers").shown_table()
    labels = [one.label for one in peers.columns]
    first, last = (labels.index(f"Rang, au {end} (9 tirages sur 10)") for end in ("mieux", "pire"))
    by_name = {one.name: one.code for one in facts.zones}
    for row in peers.rows:
        interval = ranking.basin(by_name[str(row[0])]).interval
        assert interval and (row[first], row[last]) == (interval.p05, interval.p95)
