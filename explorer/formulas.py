"""Formulas written in TeX, rendered as MathML on the server: no script, no inline style, words beside the signs."""

import re
from functools import lru_cache
from xml.etree import ElementTree as ET

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from latex2mathml.converter import convert

from explorer.wording import number

NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
# A page of worked examples holds about two hundred; formulas without numbers are asked again by every reader.
KEPT = 4096
# The narrow space of thousands stays.
PLAIN_SPACES = re.compile(r"[ \xa0\n]+")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
ACCENTS = {"^": "\u0302", "~": "\u0303", "―": "\u0304", "¯": "\u0304"}


def mathml(tex: str, *, is_block: bool = True) -> SafeString:
    """Return a formula as MathML in the language of the reader, written once per process while kept.

    Numbers of the TeX are plain ("1234.5"): they take the separators of the language. `alttext` says the formula on
    one line. Raises ValueError on a TeX that cannot be read.
    """
    return _mathml(tex, is_block, get_language() or "")


@lru_cache(maxsize=KEPT)
def _mathml(tex: str, is_block: bool, _language: str) -> SafeString:
    try:
        tree = ET.fromstring(convert(tex, display="block" if is_block else "inline"))  # noqa: S314 - made here
        return written(tree)
    except Exception as error:
        raise ValueError(f"{tex!r} is not a formula: {error}") from error


def written(tree: ET.Element) -> SafeString:
    """Return a tree of MathML for the page: no namespace, no style, numbers of the language, its words beside it."""
    for node in tree.iter():
        node.tag = node.tag.removeprefix(NAMESPACE)
        node.attrib.pop("style", None)
        if node.text == ";":
            node.tag = "mo"
        if node.text == "ln":
            node.tag = "mo"
            node.attrib |= {"form": "prefix", "lspace": "0", "rspace": "0.1em"}
        if node.tag == "mn" and node.text and NUMBER.fullmatch(node.text):
            node.text = localised(node.text)
    tree.set("alttext", spoken(tree))
    return mark_safe(ET.tostring(tree, encoding="unicode"))  # noqa: S308 - every text went through the tree


def localised(text: str) -> str:
    """Return a plain number in the separators of the language, as many decimals as written."""
    return number(float(text), len(text.partition(".")[2]))


def spoken(node: ET.Element) -> str:
    """Return a tree of MathML as one line of text: what a screen reader without MathML says, and a search finds."""
    return PLAIN_SPACES.sub(" ", _said(node)).strip().replace("( ", "(").replace(" )", ")")


def _said(node: ET.Element) -> str:
    parts = [_said(child) for child in node]
    if node.tag == "mfrac":
        return f" ({parts[0]}) / ({parts[1]}) "
    if node.tag == "msqrt":
        return _(" racine de (%(inside)s) ") % {"inside": " ".join(parts)}
    if node.tag in ("msub", "munder"):
        return f" {parts[0].strip()}_{parts[1].strip()} "
    if node.tag in ("msup", "mover"):
        mark = ACCENTS.get(parts[1].strip())
        return f" {parts[0].strip()}{mark} " if mark else f" {parts[0].strip()}^({parts[1].strip()}) "
    if node.tag in ("msubsup", "munderover"):
        return f" {parts[0].strip()}_{parts[1].strip()}^({parts[2].strip()}) "
    text = node.text or ""
    return f" {text} {' '.join(parts)} " if node.tag == "mo" else f"{text} {' '.join(parts)}"
