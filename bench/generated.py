"""Files made up for measurements: a producer's layout, as many rows as its national file, the same at each run."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

SEED = 20260101
ROWS_AT_ONCE = 20_000
YEARS = tuple(range(2006, 2026))
SUBCLASS_COUNT = 732
PLACES = (
    "Région;Ancienne région;Département;Zone d'emploi;EPCI;Nom commune;Commune;Grand secteur d'activité;Secteur NA17;"
    "Secteur NA38;Secteur NA88;APE;Code région;Code ancienne région;Code département;Code zone d'emploi;Code EPCI;"
    "Code commune;Code APE"
)
# Labels of the usual lengths; one in six holds a semicolon, and is quoted.
LABELS = (
    "GS2 Construction;FZ Construction;FZ Construction;43 Travaux de construction spécialisés",
    "GS3 Commerce;GZ Commerce;GZ Commerce, réparation d'automobiles et de motocycles;47 Commerce de détail",
    "GS1 Industrie;C5 Fabrication d'autres produits industriels;CH Métallurgie et produits métalliques;25 Métaux",
    "GS1 Industrie;C1 Denrées alimentaires, boissons;CA Denrées alimentaires, boissons;10 Industries alimentaires",
    "GS4 Services;IZ Hébergement et restauration;IZ Hébergement et restauration;56 Restauration",
    'GS5 Services;"MN Activités scientifiques et techniques ; soutien";NZ Services administratifs;81 Bâtiments',
)


def subclass_codes() -> list[str]:
    """Return as many made-up sub-class codes as NAF rev. 2 has."""
    return [f"{10 + rank // 12:02d}{10 + rank % 12:02d}Z" for rank in range(SUBCLASS_COUNT)]


def commune_codes(count: int) -> list[str]:
    """Return distinct commune codes over 95 departments, Corsica under its letters."""
    departments = ["2A", "2B", *(f"{number:02d}" for number in range(1, 96) if number != 20)]
    return [f"{departments[rank % 96]}{1 + rank // 96:03d}" for rank in range(count)]


def commune_sector_file(path: Path, *, rows: int, years: Sequence[int] = YEARS) -> Path:
    """Write a file in the layout of the Urssaf export commune x APE, two fifths of cells empty; return its path."""
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        heads = [f"Nombre d'établissements {year};Effectifs salariés {year}" for year in years]
        handle.write(f"{PLACES};{';'.join(heads)}\n")
        for lines in _commune_sector_lines(rows, len(years)):
            handle.writelines(lines)
    return path


def _commune_sector_lines(rows: int, year_count: int) -> Iterator[list[str]]:
    generator = np.random.default_rng(SEED)
    per_commune = 43
    communes, subclasses = commune_codes(-(-rows // per_commune)), subclass_codes()
    for start in range(0, rows, ROWS_AT_ONCE):
        size = min(ROWS_AT_ONCE, rows - start)
        numbers = generator.geometric(0.3, (size, year_count * 2)).astype(object)
        numbers[generator.random((size, year_count * 2)) < 0.4] = ""
        lines = []
        for rank, cells in enumerate(numbers.tolist(), start=start):
            code, ape = communes[rank // per_commune], subclasses[rank * 17 % SUBCLASS_COUNT]
            place = f"Normandie;Haute-Normandie;Département {code[:2]};Rouen;Communauté de communes du Pays {code};"
            names = (
                f"Commune-sur-Rivière {code};{code} Commune-sur-Rivière;{LABELS[rank % len(LABELS)]};{ape} Activité"
            )
            codes = f"28;23;{code[:2]};2815;200023414;{code};{ape}"
            lines.append(f"{place}{names};{codes};{';'.join(map(str, cells))}\n")
        yield lines


def entry_file(
    path: Path, *, communes: Sequence[str], subclasses: Sequence[str], years: Sequence[int], link: float
) -> Path:
    """Write a file in the same layout where activities enter communes that have their relatives; return its path.

    Sub-classes of one division are relatives. A commune has a taste for some divisions: their sub-classes are there
    from the first year, or enter in the middle year with a chance that grows with `link`; 0 is an entry anywhere. Some
    numbers are hidden, as in the real export.
    """
    generator = np.random.default_rng(SEED)
    divisions = sorted({code[:2] for code in subclasses})
    taste = generator.random((len(communes), len(divisions))) < 0.25
    entry_year = years[len(years) // 2]
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        heads = [f"Nombre d'établissements {year};Effectifs salariés {year}" for year in years]
        handle.write(f"{PLACES};{';'.join(heads)}\n")
        for row, commune in enumerate(communes):
            size = generator.lognormal(5.5, 0.6)
            for code in subclasses:
                likes = taste[row, divisions.index(code[:2])]
                is_there = generator.random() < (0.5 if likes else 0.02)
                enters = generator.random() < 0.06 * (1 + link * (1 if likes else -1))
                since = years[0] if is_there else entry_year if enters else None
                cells = [_told(generator, since is not None and year >= since, size) for year in years]
                handle.write(f"{_place(commune, code)};{';'.join(cells)}\n")
    return path


def _told(generator: np.random.Generator, is_there: bool, size: float) -> str:
    if not is_there:
        return ";"
    jobs = round(size * generator.lognormal(0, 0.1))
    return f"{max(1, jobs // 50)};{'s' if generator.random() < 0.005 else jobs}"


def _place(commune: str, code: str) -> str:
    ape = code.replace(".", "")
    names = f"Normandie;Haute-Normandie;Département {commune[:2]};Rouen;EPCI;Commune {commune};{commune} Commune"
    return f"{names};{LABELS[0]};{ape} Activité;28;23;{commune[:2]};2815;200023414;{commune};{ape}"
