"""What each column of each file of the edition is; in French, like their names, which no language changes."""

from collections.abc import Iterator

from basins.indicators import Indicator
from explorer.citations import cited
from explorer.csv_tables import Cell
from explorer.presenters.commune_files import DICTIONARY_COLUMNS as COMMUNE_DICTIONARY_COLUMNS
from explorer.presenters.commune_files import Table, commune_dictionary_table
from explorer.presenters.zone_files import INDICATOR_COLUMNS, ZONE_COLUMNS, held_indicators, sources_cell
from scoring.facts import Facts

DICTIONARY_COLUMNS = (
    "fichier", "identifiant", "libelle", "unite", "decimales", "sens", "grain", "millesime", "methode", "sources",
    "relu",
)  # fmt: skip
JOB_COLUMNS = ("code", "nom", "champ", "annee", "a38", "a38_libelle", "emplois", "statut")
SOURCE_COLUMNS = (
    "identifiant", "producteur", "titre", "millesime", "partie", "licence", "lignes", "rejetees", "page", "limites",
)  # fmt: skip
JOB_SOURCES = ("urssaf-zone-a38", "insee-flores-zone-a38")
# What every row of every file repeats, so that what is sorted, cut or pasted elsewhere says where it comes from.
PROVENANCE_COLUMNS = ("edition", "fait_le", "lien", "licence")
SENSE = {"more": "plus haut est favorable", "less": "plus bas est favorable", "none": "sans sens admis"}
# Stands for the identifier of any indicator, which has a file of its own.
ANY_INDICATOR, ITS_VALUE = "indicateurs/{identifiant}", "{identifiant}"
PROVENANCE_LABELS = {
    "edition": "édition des données : nom et début de son empreinte",
    "fait_le": "jour où le fichier est établi",
    "lien": "page de ce site qui décrit le fichier, avec l'édition",
    "licence": "licences des sources du fichier ; celle de chaque source est dans le fichier sources",
}
ZONE_LABELS = {
    "code": "code de la zone d'emploi 2020 de l'Insee",
    "nom": "nom de la zone d'emploi",
    "regions": "codes des régions où le bassin a des communes",
    "population": "population municipale",
    "population_annee": "année de la population municipale",
}
STATUS_LABEL = "ce que l'on sait : observed, estimated, suppressed (secret), missing (non disponible), absent"
INDICATOR_LABELS = {
    "unite": "unité de l'indicateur",
    "statut": STATUS_LABEL,
    "millesime": "année ou période de l'indicateur",
    "sources": "producteurs, titres et millésimes des données",
}
JOB_LABELS = {
    "code": ZONE_LABELS["code"],
    "nom": ZONE_LABELS["nom"],
    "champ": "private : emplois salariés privés (Urssaf) ; all : tous les emplois salariés (Insee, Flores)",
    "annee": "année des emplois",
    "a38": "code de la branche, nomenclature agrégée A38",
    "a38_libelle": "nom de la branche A38",
    "emplois": "emplois salariés de la branche dans le bassin ; vide où ils ne sont pas connus, jamais zéro",
    "statut": STATUS_LABEL,
}
SOURCE_LABELS = {
    "identifiant": "identifiant du jeu de données sur ce site",
    "producteur": "qui publie le jeu de données",
    "titre": "titre du jeu de données",
    "millesime": "année, période ou date du jeu de données",
    "partie": "partie du jeu de données, s'il vient en plusieurs fichiers",
    "licence": "licence du jeu de données",
    "lignes": "lignes reprises",
    "rejetees": "lignes rejetées à la lecture",
    "page": "adresse de la page du producteur",
    "limites": "limites connues",
}
DICTIONARY_LABELS = {
    "fichier": "fichier de ce site où est la colonne",
    "identifiant": "nom de la colonne, le même dans toutes les langues",
    "libelle": "ce que dit la colonne",
    "unite": "unité de la colonne",
    "decimales": "décimales que montrent les pages",
    "sens": "bout favorable de l'indicateur",
    "grain": "maille à laquelle la source publie",
    "millesime": "année ou période de l'indicateur",
    "methode": "comment l'indicateur est calculé",
    "sources": "producteurs, titres et millésimes des données",
    "relu": "jour où la fiche de l'indicateur a été relue",
    "colonne": "nom de la colonne du fichier des communes",
}
UNITS = {"population": "habitants", "emplois": "emplois", "lignes": "lignes", "rejetees": "lignes"}


def dictionary_table(facts: Facts) -> Table:
    """Return what each column of each file is, and of indicators how they are made."""
    return list(DICTIONARY_COLUMNS), _rows(facts)


def file_rows(facts: Facts, name: str) -> list[list[Cell]]:
    """Return the rows of the dictionary on one file; that of an indicator bears its name."""
    every = list(_rows(facts))
    value = [row for row in every if row[:2] == ["bassins-indicateurs", name]]
    wanted = ANY_INDICATOR if value else name
    return [value[0] if row[1] == ITS_VALUE else row for row in every if row[0] == wanted]


def _rows(facts: Facts) -> Iterator[list[Cell]]:
    zones = "bassins-indicateurs"
    places = cited(facts, "commune-zones")
    yield from (_row(zones, name, ZONE_LABELS[name], places) for name in ZONE_COLUMNS)
    for one in held_indicators(facts):
        yield _indicator_row(facts, zones, one)
        yield _row(zones, f"{one.id}.statut", f"{one.label} : {STATUS_LABEL}", sources_cell(facts, one))
    yield from _provenance_rows(zones)
    yield from (_row(ANY_INDICATOR, name, ZONE_LABELS[name], places) for name in ZONE_COLUMNS)
    yield _row(
        ANY_INDICATOR, "{identifiant}", "valeur de l'indicateur ; vide où elle n'est pas connue, jamais zéro", ""
    )
    yield from (_row(ANY_INDICATOR, name, INDICATOR_LABELS[name], "") for name in INDICATOR_COLUMNS)
    yield from _provenance_rows(ANY_INDICATOR)
    yield from (_row("emplois-a38", name, JOB_LABELS[name], cited(facts, *JOB_SOURCES)) for name in JOB_COLUMNS)
    yield from _provenance_rows("emplois-a38")
    for name, label, unit, sources in commune_dictionary_table(facts)[1]:
        yield ["communes", name, label, unit, None, "", "", "", "", sources, ""]
    yield from _provenance_rows("communes")
    for file, columns, labels in (
        ("sources", SOURCE_COLUMNS, SOURCE_LABELS),
        ("dictionnaire", DICTIONARY_COLUMNS, DICTIONARY_LABELS),
        ("communes-dictionnaire", COMMUNE_DICTIONARY_COLUMNS, DICTIONARY_LABELS),
    ):
        yield from (_row(file, name, labels[name], "") for name in columns)
        yield from (row for row in _provenance_rows(file) if row[1] not in columns)


def _row(file: str, name: str, label: str, sources: str) -> list[Cell]:
    return [file, name, label, UNITS.get(name, ""), None, "", "", "", "", sources, ""]


def _provenance_rows(file: str) -> Iterator[list[Cell]]:
    yield from (_row(file, name, PROVENANCE_LABELS[name], "") for name in PROVENANCE_COLUMNS)


def _indicator_row(facts: Facts, file: str, one: Indicator) -> list[Cell]:
    told = [file, one.id, str(one.label), str(one.unit), one.decimals, SENSE[one.better], one.grain, one.vintage]
    return [*told, str(one.method), sources_cell(facts, one), one.reviewed.isoformat()]
