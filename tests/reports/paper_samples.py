"""A report with one of everything, whose words can be looked for in the files."""

import re
from collections.abc import Iterator

from explorer.tables import Column, Signed, Table, heading, written
from explorer.templatetags.french import spaced
from reports.document import (
    Bullets,
    Chapter,
    Document,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Picture,
    Provenance,
    Sheet,
    SourceLine,
)
from reports.drawings.svg import drawing, rect, text

PROVENANCE = Provenance(
    edition_name="2026.2",
    edition_hash="fa39422d",
    made_on="25 novembre 2026",
    permalink="https://bassins.example/bassins/8425/?activite=22.29A&level=subclass",
    licence="Licence Ouverte 2.0 ; les chiffres de l'Urssaf sous ODbL.",
    attribution="Bassins, d'après Insee et Urssaf.",
    asked=(("Activité", "Pièces en plastique <22.29A>"), ("Poids", "main-d'œuvre 40, foncier 60")),
    sources=(SourceLine("Urssaf", "Effectifs salariés", "2024", "ODbL 1.0", "https://open.urssaf.fr/"),),
)


def table(name: str, rows: int) -> Table:
    columns = [Column("Bassin", is_french=True), Column("Emplois", decimals=0), Column("Statut", is_status=True)]
    columns.insert(2, Column("Évolution", unit="%", decimals=1))
    cells = [[f"{name} {n} & Cie", Signed(1234.0 + n, "≈"), -1.5 * n, "estimated"] for n in range(rows)]
    return Table(name, f"Tableau {name}", columns, [*cells, ["Sans chiffre", None, None, "suppressed"]])


def picture(name: str, table_id: str = "") -> Picture:
    svg = drawing(300, 60, rect(0, 0, 120, 20, fill="#0b5658"), text(0, 40, f"Trait {name}"))
    alt = f"Une barre « {name} » de 120 unités & rien d'autre"
    return Picture(f"picture-{name}", f"Figure {name}", svg, alt, "Sous-titre : 12,5 %", "Insee, 2023", table_id)


def sample(language: str = "fr") -> Document:
    """Return the report: every kind of block, a long table, a table of the workbook alone, letters of Poland."""
    long_sheet = Sheet(table("long", 90), "Sous le titre", "Une note.", "Urssaf, 2024", shown_rows=70)
    return Document(
        name="sample",
        kind="basin",
        title="Bassin de Łódź <b>",
        subtitle="Rapport d'essai : 100 %",
        language=language,
        provenance=PROVENANCE,
        summary=[
            Paragraph("Ce bassin compte ≈ 8 434 emplois ; 3e sur 306.", "Urssaf, 2024"),
            KeyFigures([KeyFigure("Emplois", "8 434", "3e sur 306", "Insee, 2023"), KeyFigure("Friches", "—")]),
            Bullets([Paragraph("Un point fort.", "Dares"), Paragraph("Une réserve.", is_note=True)], "Points forts"),
        ],
        chapters=[
            Chapter("one", "Premier & seul", [picture("a", "short"), Sheet(table("short", 3)), long_sheet]),
            Chapter("two", "Second", [Paragraph("En passant.", is_note=True), picture("b")], starts_page=True),
            Chapter("three", "Tiers", [Sheet(table("hidden", 40), shown_rows=0)]),
        ],
        cover_picture=picture("cover"),
    )


def words_of(document: Document) -> Iterator[str]:
    """Yield every sentence, label and number that pages and documents must show, spaced as they are on screen."""
    known = document.provenance
    yield from (document.title, document.subtitle, known.edition_name, known.made_on, known.permalink)
    yield from (known.licence, known.attribution, *(words for pair in known.asked for words in pair))
    yield from (words for line in known.sources for words in (line.producer, line.title, line.vintage, line.licence))
    yield from (one.title for one in document.chapters)
    for one in document.blocks():
        yield from words_of_block(one)


def words_of_block(one: object) -> Iterator[str]:
    if isinstance(one, Paragraph):
        yield from (one.text, one.source)
    elif isinstance(one, Bullets):
        yield one.intro
        yield from (words for item in one.items for words in (item.text, item.source))
    elif isinstance(one, KeyFigures):
        yield from (words for each in one.figures for words in (each.label, each.value, each.note, each.source))
    elif isinstance(one, Picture):
        yield from (one.title, one.subtitle, one.source, one.note)
    elif isinstance(one, Sheet):
        yield from (one.table.title, one.note)
        shown = one.shown_table()
        yield from (heading(column) for column in shown.columns if shown.rows)
        yield from (written(c, column) for row in shown.rows for c, column in zip(row, shown.columns, strict=True))


def squeezed(words: str) -> str:
    """Return words without any space, for a file breaks lines where it likes."""
    return re.sub(r"\s+", "", str(spaced(words)))
