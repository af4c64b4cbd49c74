"""Markup with slots: filled, it is what the template would print."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from explorer.skeletons import skeleton
from tests.explorer.html_tree import parse

VALUES = {"kind": "plus", "sign": "+", "label": "100 % :", "text": "50 %", "cited": ""}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_filled_skeleton_is_the_rendered_template(language):
    with translation.override(language):
        filled = skeleton("explorer/_row_reason.html", *VALUES) % VALUES
        rendered = render_to_string("explorer/_row_reason.html", VALUES)
    assert parse(filled).plain == parse(rendered).plain
    assert "100 %" in filled and "50 %" in filled  # a percent sign of the markup is not taken for a slot


def test_each_language_has_its_own_words():
    slots = ("score", "url")
    with translation.override("fr"):
        french = skeleton("explorer/_row.html", *slots)
    with translation.override("en"):
        english = skeleton("explorer/_row.html", *slots)
    assert "points sur 100" in french and "points sur 100" not in english
