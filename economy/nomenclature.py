"""The A38 and A17 levels of NAF rev. 2, which INSEE defines by ranges of divisions, and the writing of its codes."""

import re
from typing import NamedTuple

SUBCLASS = re.compile(r"([0-9]{2})\.?([0-9]{2}[A-Z])")


class Aggregate(NamedTuple):
    """One A38 activity: the divisions it gathers (both ends included) and the A17 activity it belongs to."""

    code: str
    a17: str
    first_division: int
    last_division: int
    label: str


# INSEE, "Nomenclature agrégée - NA, 2008": levels A38 and A17. Division numbers missing from a range do not exist.
A38 = (
    Aggregate("AZ", "AZ", 1, 3, "Agriculture, sylviculture et pêche"),
    Aggregate("BZ", "DE", 5, 9, "Industries extractives"),
    Aggregate("CA", "C1", 10, 12, "Fabrication de denrées alimentaires, de boissons et de produits à base de tabac"),
    Aggregate(
        "CB",
        "C5",
        13,
        15,
        "Fabrication de textiles, industries de l'habillement, industrie du cuir et de la chaussure",
    ),
    Aggregate("CC", "C5", 16, 18, "Travail du bois, industries du papier et imprimerie"),
    Aggregate("CD", "C2", 19, 19, "Cokéfaction et raffinage"),
    Aggregate("CE", "C5", 20, 20, "Industrie chimique"),
    Aggregate("CF", "C5", 21, 21, "Industrie pharmaceutique"),
    Aggregate(
        "CG",
        "C5",
        22,
        23,
        "Fabrication de produits en caoutchouc et en plastique ainsi que d'autres produits minéraux non métalliques",
    ),
    Aggregate(
        "CH",
        "C5",
        24,
        25,
        "Métallurgie et fabrication de produits métalliques à l'exception des machines et des équipements",
    ),
    Aggregate("CI", "C3", 26, 26, "Fabrication de produits informatiques, électroniques et optiques"),
    Aggregate("CJ", "C3", 27, 27, "Fabrication d'équipements électriques"),
    Aggregate("CK", "C3", 28, 28, "Fabrication de machines et équipements n.c.a."),
    Aggregate("CL", "C4", 29, 30, "Fabrication de matériels de transport"),
    Aggregate(
        "CM",
        "C5",
        31,
        33,
        "Autres industries manufacturières ; réparation et installation de machines et d'équipements",
    ),
    Aggregate("DZ", "DE", 35, 35, "Production et distribution d'électricité, de gaz, de vapeur et d'air conditionné"),
    Aggregate(
        "EZ",
        "DE",
        36,
        39,
        "Production et distribution d'eau ; assainissement, gestion des déchets et dépollution",
    ),
    Aggregate("FZ", "FZ", 41, 43, "Construction"),
    Aggregate("GZ", "GZ", 45, 47, "Commerce ; réparation d'automobiles et de motocycles"),
    Aggregate("HZ", "HZ", 49, 53, "Transports et entreposage"),
    Aggregate("IZ", "IZ", 55, 56, "Hébergement et restauration"),
    Aggregate("JA", "JZ", 58, 60, "Édition, audiovisuel et diffusion"),
    Aggregate("JB", "JZ", 61, 61, "Télécommunications"),
    Aggregate("JC", "JZ", 62, 63, "Activités informatiques et services d'information"),
    Aggregate("KZ", "KZ", 64, 66, "Activités financières et d'assurance"),
    Aggregate("LZ", "LZ", 68, 68, "Activités immobilières"),
    Aggregate(
        "MA",
        "MN",
        69,
        71,
        "Activités juridiques, comptables, de gestion, d'architecture, d'ingénierie, "
        "de contrôle et d'analyses techniques",
    ),
    Aggregate("MB", "MN", 72, 72, "Recherche-développement scientifique"),
    Aggregate("MC", "MN", 73, 75, "Autres activités spécialisées, scientifiques et techniques"),
    Aggregate("NZ", "MN", 77, 82, "Activités de services administratifs et de soutien"),
    Aggregate("OZ", "OQ", 84, 84, "Administration publique"),
    Aggregate("PZ", "OQ", 85, 85, "Enseignement"),
    Aggregate("QA", "OQ", 86, 86, "Activités pour la santé humaine"),
    Aggregate("QB", "OQ", 87, 88, "Hébergement médico-social et social et action sociale sans hébergement"),
    Aggregate("RZ", "RU", 90, 93, "Arts, spectacles et activités récréatives"),
    Aggregate("SZ", "RU", 94, 96, "Autres activités de services"),
    Aggregate("TZ", "RU", 97, 98, "Activités des ménages en tant qu'employeurs ou que producteurs pour usage propre"),
    Aggregate("UZ", "RU", 99, 99, "Activités extra-territoriales"),
)
A38_CODES = tuple(one.code for one in A38)

A17_LABELS = {
    "AZ": "Agriculture, sylviculture et pêche",
    "DE": "Industries extractives, énergie, eau, gestion des déchets et dépollution",
    "C1": "Fabrication de denrées alimentaires, de boissons et de produits à base de tabac",
    "C2": "Cokéfaction et raffinage",
    "C3": "Fabrication d'équipements électriques, électroniques, informatiques ; fabrication de machines",
    "C4": "Fabrication de matériels de transport",
    "C5": "Fabrication d'autres produits industriels",
    "FZ": "Construction",
    "GZ": "Commerce ; réparation d'automobiles et de motocycles",
    "HZ": "Transports et entreposage",
    "IZ": "Hébergement et restauration",
    "JZ": "Information et communication",
    "KZ": "Activités financières et d'assurance",
    "LZ": "Activités immobilières",
    "MN": "Activités scientifiques et techniques ; services administratifs et de soutien",
    "OQ": "Administration publique, enseignement, santé humaine et action sociale",
    "RU": "Autres activités de services",
}


def aggregate_of_division(division: str) -> Aggregate:
    """Return the A38 activity of a two-digit division; raises `ValueError` when NAF rev. 2 has no such division."""
    number = int(division)
    for one in A38:
        if one.first_division <= number <= one.last_division:
            return one
    raise ValueError(f"no A38 activity holds division {division!r}")


def dotted(code: str) -> str:
    """Return a sub-class code as INSEE writes it, "32.50B", from either writing; raises `ValueError` otherwise."""
    match = SUBCLASS.fullmatch(code.strip())
    if match is None:
        raise ValueError(f"not a sub-class of NAF rev. 2: {code!r}")
    return f"{match[1]}.{match[2]}"
