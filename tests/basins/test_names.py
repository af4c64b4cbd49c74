import pytest

from basins.names import normalised_name


@pytest.mark.parametrize(
    ("typed", "normalised"),
    [
        ("L'Haÿ-les-Roses", "l hay les roses"),
        ("  SAINT-ÉTIENNE ", "saint etienne"),
        ("Ste Foy", "sainte foy"),
        ("Œuilly", "oeuilly"),
        ("L’Île-d’Yeu", "l ile d yeu"),
        ("%_';--", ""),
    ],
)
def test_names_as_people_type_them(typed, normalised):
    assert normalised_name(typed) == normalised


def test_normalising_twice_changes_nothing():
    assert normalised_name(normalised_name("St-Œn'É")) == normalised_name("St-Œn'É")
