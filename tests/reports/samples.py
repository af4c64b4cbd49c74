"""Reports to write: one of the figures of a basin's page, one of everything that could break a file."""

from dataclasses import replace
from typing import Any

from explorer.citations import cited
from explorer.presenters.basin import headline, key_figures
from explorer.presenters.basin_figures import FIGURES
from explorer.tables import Column, Signed, Table
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
from scoring.facts import Facts
from scoring.sheet import basin_sheet

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 120" width="400" height="120">'
    '<rect x="10" y="20" width="280" height="30" fill="#0b5658"/>'
    '<rect x="10" y="70" width="140" height="30" fill="#94c2b6"/></svg>'
)
LINK = "https://bassins.example/bassins/2716/"
HOSTILE = [
    "=1+1",
    "+33 1",
    "-5 %",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\0=1",
    " =1",
    "\u00a0=1",
    "＝1",
    "＋1",
    "－1",
    "＠1",
]


def provenance(**changes: Any) -> Provenance:
    return replace(
        Provenance(
            "2026.2",
            "fa39422d1c28aa",
            "25 novembre 2026",
            LINK,
            "Licences des sources citées.",
            "Bassins, édition 2026.2, d'après Insee.",
            asked=(("Bassin", "Saint-Claude (2716)"),),
            sources=(SourceLine("Insee", "Flores", "2023", "Licence Ouverte 2.0", "https://www.insee.fr/"),),
        ),
        **changes,
    )


def basin_document(facts: Facts, zone_code: str = "2716") -> Document:
    """Return a report made of all the figures of the page of a basin."""
    sheet = basin_sheet(facts, zone_code)
    built = {name: make(facts, sheet) for name, make in FIGURES.items()}
    chapters = [
        Chapter(
            name,
            f"Chapitre {name}",
            [
                Picture(f"p-{name}", figure.table.title, SVG, f"Ce que montre {name}", source="Insee"),
                Sheet(figure.table, figure.subtitle, figure.note, cited(facts, *figure.table.sources), shown_rows=25),
            ],
            starts_page=place == 0,
        )
        for place, (name, figure) in enumerate(built.items())
        if figure
    ]
    figures = [KeyFigure(one["label"], one["value"], one["note"], one["source"]) for one in key_figures(facts, sheet)]
    return Document(
        f"bassin-{zone_code}",
        "basin",
        f"Bassin de {sheet.zone.name}",
        "Rapport de bassin",
        "fr",
        provenance(),
        summary=[Paragraph(headline(sheet), source="Urssaf, 2024"), KeyFigures(figures)],
        chapters=chapters,
        cover_picture=Picture("cover", "Où est le bassin", SVG, "Carte de situation"),
    )


def hostile_document() -> Document:
    """Return a report whose texts would break a careless file, and whose numbers are negative or unknown."""
    columns = [
        Column("Nom = nom", is_french=True),
        Column("Solde", unit="%", decimals=1, meaning="Entrées moins sorties", source="Insee, 2022"),
        Column("Emplois", decimals=0),
        Column("Statut", is_status=True),
    ]
    statuses = ["observed", "estimated", "suppressed", "missing", "absent"]
    rows = [
        [text, -1.5 - place, Signed(None if place % 2 else 1000.0 * place, "≈"), statuses[place % 5]]
        for place, text in enumerate(HOSTILE)
    ]
    table = Table("t", "=Titre <b>&</b>", columns, rows)
    title = "[Thème] : un/deux ? 'très long titre de chapitre'"
    return Document(
        "hostile",
        "basin",
        "=Titre & <b>",
        "",
        "fr",
        provenance(asked=(("=Demande", "-1"),), permalink="https://bassins.example/?a=" + "x" * 2500),
        summary=[
            Paragraph("=1+1 n'est pas une formule.", is_note=True),
            Bullets([Paragraph("-5 % d'emplois.", source="@Insee"), Paragraph("\0nul")], intro="+ Voici"),
        ],
        chapters=[
            Chapter("a", title, [Sheet(table, shown_rows=3), Sheet(table, shown_columns=[0, 1])]),
            Chapter("b", title.upper(), [Sheet(table, shown_rows=0), Paragraph("Fin.")]),
            Chapter("c", "History", [Sheet(table)]),
        ],
    )
