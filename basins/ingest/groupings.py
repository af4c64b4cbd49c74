"""Groupings of communes: intercommunalités, territorial establishments of the Grand Paris, Territoires d'industrie."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext_noop

from basins.ingest.cells import BadCell, Row, insee_code, records, siren, text
from basins.ingest.geography import OPEN_LICENCE
from basins.ingest.outlines import ANCT_PAGE
from basins.raw import RawEpciCommune, RawEptCommune, RawIndustryTerritoryMember
from sources.readers import csv_rows, sheet_rows
from sources.registry import ingestor

# Communautés de communes, d'agglomération, urbaines; métropoles, of which Lyon has a status of its own.
LEGAL_FORMS = ("CC", "CA", "CU", "METRO", "MET69")
# What the territorial establishments' table writes for a commune outside the Grand Paris, and for Paris.
NO_EPT = "ZZZZZZZZZ"
MEMBER_KINDS = ("EPCI", "EPT", "COM")


class EpciCommune(NamedTuple):
    insee_code: str
    siren: str
    name: str
    legal_form: str


@ingestor(
    slug="dgcl-epci",
    title="Intercommunalités à fiscalité propre et leurs communes",
    producer="DGCL",
    vintage="2025",
    licence=OPEN_LICENCE,
    page="https://www.collectivites-locales.gouv.fr",
    patterns=("dgcl_epcicom_*.xlsx", "epcicom*.xlsx"),
    record=EpciCommune,
    model=RawEpciCommune,
    note=gettext_noop("Quatre communes insulaires n'ont pas d'intercommunalité."),
)
def parse_epci_communes(path: Path) -> Iterator[Any]:
    """Yield the communes of each intercommunalité; a commune is in one only."""
    columns = (
        "dept", "siren", "raison_sociale", "nature_juridique", "mode_financ", "nb_membres", "total_pop_tot",
        "total_pop_mun", "dep_com", "insee", "siren_membre", "nom_membre",
    )  # fmt: skip

    def read(row: Row) -> EpciCommune:
        form = text(row, "nature_juridique", longest=8)
        if form not in LEGAL_FORMS:
            raise BadCell("nature_juridique", form, f"nature inconnue, attendu : {', '.join(LEGAL_FORMS)}")
        name = text(row, "raison_sociale", longest=150)
        return EpciCommune(insee_code(row, "insee"), siren(row, "siren"), name, form)

    # The two population columns carry the year in their names.
    yield from records(sheet_rows(path, columns, open_ended=True), read, key=lambda one: one.insee_code)


class EptCommune(NamedTuple):
    insee_code: str
    siren: str
    name: str


@ingestor(
    slug="insee-ept",
    title="Établissements publics territoriaux et leurs communes",
    producer="Insee",
    vintage="2025",
    licence=OPEN_LICENCE,
    page="https://www.insee.fr/fr/information/2510634",
    patterns=("insee_ept_*.xlsx",),
    record=EptCommune,
    model=RawEptCommune,
    note=gettext_noop("Métropole du Grand Paris seulement, Paris excepté."),
)
def parse_ept_communes(path: Path) -> Iterator[Any]:
    """Yield the communes of each territorial establishment; those of the rest of the country are left out."""
    columns = ("CODGEO", "LIBGEO", "EPT", "LIBEPT", "DEP", "REG")

    def read(row: Row) -> EptCommune:
        return EptCommune(insee_code(row, "CODGEO"), siren(row, "EPT"), text(row, "LIBEPT", longest=150))

    rows = sheet_rows(path, columns, sheet="Composition_communale", header_line=6)
    kept = ((line, row) for line, row in rows if row["EPT"] != NO_EPT)
    yield from records(kept, read, key=lambda one: one.insee_code)


class IndustryTerritoryMember(NamedTuple):
    territory: str
    kind: str
    siren: str
    name: str


@ingestor(
    slug="anct-industry-territory-members",
    title="Territoires d'industrie 2023-2027 : groupements membres",
    producer="ANCT",
    vintage="2024",
    licence=OPEN_LICENCE,
    page=ANCT_PAGE,
    patterns=("territoires_industrie_*_groupements.csv",),
    record=IndustryTerritoryMember,
    model=RawIndustryTerritoryMember,
)
def parse_industry_territory_members(path: Path) -> Iterator[Any]:
    """Yield the groupings and single communes; each is in one territory only.

    The layout is a small table of the project's own: `id_ti, lib_ti, type_groupement, siren_groupement,
    nom_groupement`.
    """
    columns = ("id_ti", "lib_ti", "type_groupement", "siren_groupement", "nom_groupement")

    def read(row: Row) -> IndustryTerritoryMember:
        kind = text(row, "type_groupement", longest=4)
        if kind not in MEMBER_KINDS:
            raise BadCell("type_groupement", kind, f"type inconnu, attendu : {', '.join(MEMBER_KINDS)}")
        name = text(row, "nom_groupement", longest=150)
        return IndustryTerritoryMember(text(row, "id_ti", longest=20), kind, siren(row, "siren_groupement"), name)

    yield from records(csv_rows(path, columns, delimiter=","), read, key=lambda one: one.siren)
