"""Texts of an assessment are kept once written, within bounds and by language."""

from django.utils.translation import override

from scoring import assessment as module
from scoring.question import Question
from scoring.service import compute_ranking


def test_a_text_is_written_once_by_language_and_a_bounded_number_is_kept(tiny, monkeypatch):
    monkeypatch.setattr(module, "MOST_KEPT", 10)
    assessment = compute_ranking(tiny, Question("26.11Z", "subclass")).assessment
    written: list[int] = []

    def told(key: int) -> str:
        return assessment.kept(("key", key), lambda: written.append(key) or f"text {key}")

    assert [told(1), told(1), written] == ["text 1", "text 1", [1]]
    with override("en"):
        told(1)
    assert written == [1, 1]
    assert [told(key) for key in range(2, 40)] == [f"text {key}" for key in range(2, 40)]
    assert len(assessment._kept) <= 10
