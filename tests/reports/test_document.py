"""A report lists its tables and pictures in reading order."""

from explorer.tables import Column, Table
from reports.document import Chapter, Document, Paragraph, Picture, Provenance, Sheet

PROVENANCE = Provenance("2026.2", "fa39", "25 novembre 2026", "http://x/bassins/2716/", "LO 2.0", "Insee")


def sheet(name: str) -> Sheet:
    return Sheet(Table(name, name, [Column("Nom"), Column("Emplois", decimals=0)], [["a", 1.0]]))


def test_tables_and_pictures_come_in_reading_order_the_summary_first() -> None:
    picture = Picture("p", "Titre", "<svg xmlns='http://www.w3.org/2000/svg'/>", "Ce que l'on voit")
    document = Document(
        "bassin-2716",
        "basin",
        "Titre",
        "",
        "fr",
        PROVENANCE,
        summary=[Paragraph("Un."), sheet("a")],
        chapters=[Chapter("one", "Un", [picture, sheet("b")]), Chapter("two", "Deux", [sheet("c")])],
    )
    assert [one.table.id for one in document.sheets()] == ["a", "b", "c"]
    assert document.pictures() == [picture]
