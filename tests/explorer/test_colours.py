"""The palette: text readable by all, scores ordered even in grey."""

import re
from itertools import pairwise

import pytest
from django.conf import settings

ROLE = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})")
AAA_TEXT, AA_GRAPHIC = 7.0, 3.0


def themes() -> dict[str, dict[str, str]]:
    """The colours by role, of the light theme and of the dark one over it."""
    css = (settings.BASE_DIR / "static" / "css" / "bassins.css").read_text(encoding="utf-8")
    light, dark = css.split("@media (prefers-color-scheme: dark)")[:2]
    dark = dark[: dark.index("/* ----")]
    roles = dict(ROLE.findall(light))
    return {"light": roles, "dark": roles | dict(ROLE.findall(dark))}


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_the_formula_of_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "grounds"),
    [
        ("ink", ("paper", "surface", "accent-soft", "warning-soft")),
        ("ink-soft", ("paper", "surface", "accent-soft")),
        ("accent", ("paper", "surface", "accent-soft")),
        ("warning", ("paper", "surface")),
        ("accent-ink", ("accent", "accent-strong")),
    ],
)
def test_text_is_readable_by_all(theme: str, text: str, grounds: tuple[str, ...]) -> None:
    roles = themes()[theme]
    for ground in grounds:
        assert contrast(roles[text], roles[ground]) >= AAA_TEXT, f"{text} on {ground}"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_edges_of_controls_are_seen(theme: str) -> None:
    roles = themes()[theme]
    for ground in ("paper", "surface"):
        assert contrast(roles["line-strong"], roles[ground]) >= AA_GRAPHIC


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_scores_are_ordered_in_grey_by_steps_one_can_tell(theme: str) -> None:
    roles = themes()[theme]
    greys = [luminance(roles[f"score-{step}"]) for step in range(7)]
    ordered = sorted(greys, reverse=theme == "light")
    assert greys == ordered
    assert all(contrast(roles[f"score-{a}"], roles[f"score-{b}"]) >= 1.2 for a, b in pairwise(range(7)))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_two_sided_colours_leave_their_middle_step_by_step(theme: str) -> None:
    roles = themes()[theme]
    for side in ([3, 2, 1, 0], [3, 4, 5, 6]):
        greys = [luminance(roles[f"diverging-{step}"]) for step in side]
        assert greys == sorted(greys, reverse=theme == "light")
        assert all(contrast(roles[f"diverging-{a}"], roles[f"diverging-{b}"]) >= 1.2 for a, b in pairwise(side))
