"""The report of a basin, made of the edition: the same words and numbers in both files, within twelve pages."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from reports.contents.basin import basin_report
from reports.writers import html, pdf
from scoring import service
from tests.explorer.html_tree import parse
from tests.reports.paper_samples import squeezed, words_of
from tests.reports.test_pdf import elements, kind, text_of

MOST_PAGES = 12
# Of the 306 basins, those that fill most of the twelfth page: long names of sites, of resources and of sources.
LONGEST = ("0058", "8416", "0061", "8406")


# Oyonnax, all known; Mayotte, of which little is.
@pytest.mark.django_db
@pytest.mark.parametrize("zone_code", ["8425", "0601"])
def test_the_report_of_a_basin_says_the_same_in_both_files_within_twelve_pages(zone_code: str) -> None:
    document = basin_report(service.current_facts(), zone_code, "https://bassins.example")
    made, page = pdf.write(document), html.write(document)
    texts = {"pdf": text_of(made), "html": squeezed(parse(page).text)}
    for name, text in texts.items():
        absent = [one for one in words_of(document) if squeezed(one) not in text]
        assert not absent, (name, absent[:5])
    with pikepdf.open(BytesIO(made)) as file:
        assert len(file.pages) <= MOST_PAGES
        assert all(str(one["/Alt"]) for one in elements(file) if kind(one) == "Figure")


@pytest.mark.django_db
@pytest.mark.parametrize("zone_code", LONGEST)
def test_the_longest_reports_keep_to_twelve_pages_of_which_one_is_the_summary(zone_code: str) -> None:
    document = basin_report(service.current_facts(), zone_code, "https://bassins.example")
    with pypdfium2.PdfDocument(BytesIO(pdf.write(document))) as file:
        assert len(file) <= MOST_PAGES
        third = file[2].get_textpage().get_text_range()
    assert squeezed(document.chapters[0].title) in squeezed(third)[:200]
