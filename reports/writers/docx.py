"""A report as a Word document that an agency can edit: styles drive everything, tables and fields are real."""

from collections.abc import Callable, Iterable
from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from explorer.workbooks import clean
from reports.document import Block, Bullets, Document, KeyFigures, Paragraph, Picture, Sheet
from reports.provenance_words import contents_title, provenance_lines, sourced, sources_title, summary_title
from reports.writers import docx_styles as styles
from reports.writers.docx_parts import (
    add_bookmark,
    add_field,
    add_link,
    column_widths,
    contents_xml,
    framed_xml,
    parsed,
    row_xml,
    table_xml,
)
from reports.writers.docx_pictures import TALLEST_MM, add_picture
from reports.writers.html import LONG_TITLE, more_words

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph as WordParagraph

# The title, the picture, the provenance and the contents hold on the first page.
COVER_PICTURE_MM, SMALL_COVER_PICTURE_MM = 55, 42


def write(document: Document) -> bytes:
    """Return the report as a Word document."""
    with translation.override(document.language):
        word = Word(document)
        word.cover()
        word.contents()
        word.heading(summary_title(), starts_page=True)
        word.blocks(document.summary)
        for chapter in document.chapters:
            word.heading(chapter.title, starts_page=chapter.starts_page)
            word.blocks(chapter.blocks)
        word.sources()
        return word.saved()


class Word:
    """A document being written from top to bottom."""

    def __init__(self, document: Document) -> None:
        from docx import Document as open_document

        self.asked = document
        self.file = open_document(BytesIO(styles.template(document.language)))
        self.ids = {one.name: one.style_id for one in self.file.styles}
        self.headings = 0
        self.above: Block | None = None
        self._properties()
        self._header_and_footer()

    def _properties(self) -> None:
        """Write the properties of the file: title, language, where its figures come from."""
        asked, kept = self.asked, self.file.core_properties
        kept.title, kept.subject, kept.language = clean(asked.title)[:255], clean(asked.subtitle)[:255], asked.language
        kept.author = clean(asked.provenance.attribution)[:255]
        kept.keywords = clean(", ".join(text for _label, text in asked.provenance.asked))[:255]
        lines = (f"{label} : {text}" for label, text in provenance_lines(asked.provenance))
        # The library refuses properties longer than this.
        kept.comments = clean("\n".join(lines))[:255]
        kept.created = kept.modified = datetime.combine(timezone.localdate(), time())
        kept.last_modified_by = ""

    def _header_and_footer(self) -> None:
        section, provenance = self.file.sections[0], self.asked.provenance
        section.header.paragraphs[0].add_run(clean(self.asked.title))
        footer = section.footer.paragraphs[0]
        edition = _("Édition %(edition)s, %(day)s") % {"edition": provenance.edition_name, "day": provenance.made_on}
        footer.add_run(f"{clean(edition)}\t{_('Page')} ")
        add_field(footer, "PAGE", "1")
        footer.add_run(f" {_('sur')} ")
        add_field(footer, "NUMPAGES", "1")

    def paragraph(self, text: str, style: str) -> "WordParagraph":
        """Add a paragraph in a style."""
        return self.file.add_paragraph(clean(text), style=style)

    def source(self, text: str) -> None:
        """Add the source of what comes before, if any."""
        if text:
            self.paragraph(sourced(text), styles.SOURCE_STYLE)

    def heading(self, text: str, *, starts_page: bool = False) -> None:
        """Add a heading that the contents lead to."""
        self.headings += 1
        paragraph = self.paragraph(text, "Heading 1")
        add_bookmark(paragraph, self.headings, bookmark(self.headings))
        if starts_page:
            paragraph.paragraph_format.page_break_before = True

    def insert(self, xml: str) -> None:
        """Add an element at the end of the text."""
        self.file.element.body.insert_element_before(parsed(xml), "w:sectPr")

    def cover(self) -> None:
        """Write the title, the picture, what the figures answer, and what may be done with them."""
        is_long = len(self.asked.title) > LONG_TITLE
        self.paragraph(self.asked.title, styles.LONG_TITLE_STYLE if is_long else "Title")
        if self.asked.subtitle:
            self.paragraph(self.asked.subtitle, "Subtitle")
        if self.asked.cover_picture:
            tallest = SMALL_COVER_PICTURE_MM if is_long else COVER_PICTURE_MM
            self.picture(self.asked.cover_picture, tallest_mm=tallest)
        self.provenance()

    def provenance(self) -> None:
        """Write where the figures come from, and what may be done with them."""
        for label, text in provenance_lines(self.asked.provenance):
            self.labelled(label, text)

    def labelled(self, label: str, text: str) -> None:
        """Add a text after its label; the address of the page is a link."""
        line = self.paragraph("", styles.PROVENANCE_STYLE)
        line.add_run(clean(_("%(label)s : ") % {"label": label})).bold = True
        if text == self.asked.provenance.permalink:
            add_link(line, text, text)
        else:
            line.add_run(clean(text))

    def contents(self) -> None:
        """Write the table of contents."""
        titles = [summary_title(), *(one.title for one in self.asked.chapters), sources_title()]
        entries = [(bookmark(place), title) for place, title in enumerate(titles, start=1)]
        ids = self.ids
        names = ids[styles.CONTENTS_TITLE_STYLE], ids[styles.CONTENTS_STYLE]
        self.insert(contents_xml(*names, contents_title(), entries))

    def blocks(self, blocks: Iterable[Block]) -> None:
        """Write blocks in reading order."""
        writers: dict[type, Callable[[Any], None]] = {
            Paragraph: self.sentence,
            Bullets: self.bullets,
            KeyFigures: self.key_figures,
            Picture: self.picture,
            Sheet: self.sheet,
        }
        for block in blocks:
            writers[type(block)](block)
            self.above = block

    def sentence(self, block: Paragraph) -> None:
        """Write a sentence and its source."""
        self.paragraph(block.text, styles.NOTE_STYLE if block.is_note else styles.BODY_STYLE)
        self.source(block.source)

    def bullets(self, block: Bullets) -> None:
        """Write sentences of equal standing, each ended by its source."""
        if block.intro:
            self.paragraph(block.intro, styles.INTRO_STYLE)
        for item in block.items:
            line = self.paragraph(item.text, "List Bullet")
            if item.source:
                line.add_run(f" {clean(item.source)}", style=styles.INLINE_SOURCE_STYLE)

    def key_figures(self, block: KeyFigures) -> None:
        """Write key figures as a table."""
        columns = [
            (_("Chiffre clé"), "Cell", [one.label for one in block.figures]),
            (_("Valeur"), styles.VALUE_STYLE, [one.value for one in block.figures]),
            (_("Rang ou statut"), "Cell", [one.note for one in block.figures]),
            (_("Source"), "Cell", [one.source for one in block.figures]),
        ]
        heads, names, texts = zip(*(one for one in columns if any(one[2])), strict=True)
        rows, plain = list(zip(*texts, strict=True)), [""] * len(heads)
        lines = [row_xml(heads, [self.ids["Cell"]] * len(heads), plain, is_header=True)]
        lines += [row_xml(row, [self.ids[one] for one in names], plain) for row in rows]
        widths = column_widths([heads, *rows], [styles.PARAGRAPHS[one][0] for one in names])
        self.paragraph(_("Chiffres clés"), "Caption")
        self.insert(framed_xml(self.ids, widths, lines, title=_("Chiffres clés"), about=""))

    def picture(self, block: Picture, *, tallest_mm: float = TALLEST_MM) -> None:
        """Write a picture under its title, and its source."""
        if block.title:
            self.paragraph(block.title, "Caption")
        if block.subtitle:
            self.paragraph(block.subtitle, styles.NOTE_STYLE).paragraph_format.keep_with_next = True
        add_picture(self.file, block, style=styles.BODY_STYLE, tallest_mm=tallest_mm)
        if block.note:
            self.paragraph(block.note, styles.NOTE_STYLE)
        self.source(block.source)

    def sheet(self, block: Sheet) -> None:
        """Write the rows and columns that documents show of a table, its note and its source."""
        shown = block.shown_table()
        if not self.is_drawn_above(block):
            self.paragraph(shown.title, "Caption")
        if not shown.rows:
            self.paragraph(more_words(block.hidden_rows, is_all=True), styles.NOTE_STYLE)
            return
        if block.subtitle:
            self.paragraph(block.subtitle, styles.NOTE_STYLE).paragraph_format.keep_with_next = True
        self.insert(
            table_xml(self.ids, shown, about=block.subtitle or shown.title, is_english=self.asked.language == "en")
        )
        for text in filter(None, (self.left_out(block), block.note)):
            self.paragraph(text, styles.NOTE_STYLE)
        self.source(block.source)

    def left_out(self, block: Sheet) -> str:
        """Return how many rows of a table the workbook alone holds, "" where it holds none."""
        return more_words(block.hidden_rows, is_all=False) if block.hidden_rows else ""

    def is_drawn_above(self, block: Sheet) -> bool:
        """Whether the picture of a table stands over it under the same title."""
        drawn = self.above
        return isinstance(drawn, Picture) and drawn.table_id == block.table.id and drawn.title == block.table.title

    def sources(self) -> None:
        """Write every source that the report quotes, with a link to its page, and what may be done with it."""
        self.heading(sources_title())
        self.provenance()
        for one in self.asked.provenance.sources:
            line = self.paragraph("", styles.REFERENCE_STYLE)
            named = f"{one.producer}, {one.title}"
            if one.page.startswith(("https://", "http://")):
                add_link(line, named, one.page)
            else:
                line.add_run(clean(named))
            line.add_run(clean("".join(f", {text}" for text in (one.vintage, one.licence) if text)))

    def saved(self) -> bytes:
        """Return the file."""
        kept = BytesIO()
        self.file.save(kept)
        return kept.getvalue()


def bookmark(number: int) -> str:
    """Return the name of the place of a heading."""
    return f"_Toc{number:08d}"
