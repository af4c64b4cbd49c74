"""What a file of a report must hold, taken from the document alone: the same words and figures in every form."""

from collections.abc import Iterator

from explorer.tables import heading, written
from reports.document import Block, Bullets, Document, KeyFigures, Paragraph, Picture, Sheet


def sentences(document: Document) -> Iterator[str]:
    """Yield every title, sentence, key figure and source that is read outside of tables."""
    yield document.title
    for chapter in document.chapters:
        yield chapter.title
    for block in document.blocks():
        yield from block_sentences(block)
    for line in document.provenance.sources:
        yield from (line.producer, line.title, line.vintage, line.licence)
    for label, text in document.provenance.asked:
        yield from (label, text)
    provenance = document.provenance
    yield from (provenance.edition_name, provenance.made_on, provenance.permalink, provenance.licence)
    yield provenance.attribution


def block_sentences(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield from (block.text, block.source)
    elif isinstance(block, Bullets):
        yield block.intro
        for item in block.items:
            yield from (item.text, item.source)
    elif isinstance(block, KeyFigures):
        for one in block.figures:
            yield from (one.label, one.value, one.note, one.source)
    elif isinstance(block, Sheet) and block.shown_rows != 0:
        yield from (block.table.title, block.subtitle, block.note, block.source)


def shown_cells(sheet: Sheet) -> list[list[str]]:
    """Return the headings and rows that documents show of a table, as written on screen."""
    table = sheet.shown_table()
    rows = [[written(cell, column) for cell, column in zip(row, table.columns, strict=True)] for row in table.rows]
    return [[heading(one) for one in table.columns], *rows]


def picture_words(document: Document) -> list[tuple[str, str]]:
    """Return the title and the alternative of every picture, the cover first."""
    pictures: list[Picture] = [document.cover_picture] if document.cover_picture else []
    return [(one.title, one.alt) for one in (*pictures, *document.pictures())]


def plain(text: str) -> str:
    """Return a text without what files may change of it: control characters, kinds of spaces."""
    return " ".join("".join(one if one.isprintable() or one.isspace() else "" for one in text).split())
