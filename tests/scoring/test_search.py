"""Search of activities: which one comes first, why, and what must find nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.search import Activity, Synonym, build_index, load_synonyms, normalise, search

LABELS = {
    "32.50A": "Fabrication de matériel médico-chirurgical et dentaire",
    "32.50B": "Fabrication de lunettes",
    "25.62A": "Décolletage",
    "25.62B": "Mécanique industrielle",
    "27.20Z": "Fabrication de piles et d'accumulateurs électriques",
    "23.52Z": "Fabrication de chaux et plâtre",
    "24.20Z": "Fabrication de tubes, tuyaux, profilés creux et accessoires correspondants en acier",
    "28.94Z": "Fabrication de machines pour les industries textiles",
    "50.20Z": "Transports maritimes et côtiers de fret",
    "90.01Z": "Arts du spectacle vivant",
    "47.78A": "Commerces de détail d'optique",
}
ABOVE = [
    Activity("C3", "a17", "Fabrication d'équipements", None),
    Activity("C", "section", "Industrie manufacturière", None),
    Activity("CB", "a38", "Textiles, habillement, cuir", "C"),
    Activity("CH", "a38", "Métallurgie et produits métalliques", "C"),
    Activity("CJ", "a38", "Équipements électriques", "C"),
    Activity("CM", "a38", "Autres industries", "C"),
    Activity("F", "section", "Bâtiment et génie civil", None),
    Activity("FZ", "a17", "Construction", None),
    Activity("FZ", "a38", "Construction", "F"),
    Activity("25", "division", "Produits métalliques", "CH"),
    Activity("25.6", "group", "Traitement des métaux et usinage", "25"),
    Activity("25.62", "class", "Usinage", "25.6"),
    Activity("27", "division", "Fabrication d'équipements électriques", "CJ"),
    Activity("27.2", "group", "Fabrication de piles et d'accumulateurs électriques", "27"),
    Activity("27.20", "class", "Fabrication de piles et d'accumulateurs électriques", "27.2"),
    Activity("32", "division", "Autres industries manufacturières", "CM"),
    Activity("32.5", "group", "Instruments à usage médical et dentaire", "32"),
    Activity("32.50", "class", "Instruments à usage médical et dentaire", "32.5"),
]
JOB_TITLES = {
    "Optique - lunetterie": [("47.78A", 60), ("32.50B", 40)],
    "Taille de diamants": [("32.12Z", 9), ("90.01Z", 1)],
}


@pytest.fixture(scope="module")
def index():
    """Every sub-class that a product word names, a few with their labels and ancestors."""
    classes = {node.code for node in ABOVE if node.level == "class"}
    codes = {code for synonym in load_synonyms() for code in synonym.codes} | set(LABELS)
    leaves = [
        Activity(code, "subclass", LABELS.get(code, ""), code[:5] if code[:5] in classes else None)
        for code in sorted(codes)
    ]
    return build_index(ABOVE + leaves, JOB_TITLES)


def first_code(index, text, **options):
    matches = search(index, text, limit=5, **options)
    return matches[0].activity.code if matches else None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # product words
        ("lunettes", "32.50B"),
        ("monture", "32.50B"),
        ("montre", "26.52Z"),
        ("horlogerie", "26.52Z"),
        ("jean", "14.13Z"),
        ("denim", "13.20Z"),
        ("gigafactory", "27.20Z"),
        ("porcelaine", "23.41Z"),
        ("vaisselle", "23.41Z"),
        ("puce électronique", "26.11Z"),
        ("chaussure", "15.20Z"),
        ("chaussure de ski", "32.30Z"),
        ("paracétamol", "21.10Z"),
        ("principe actif", "21.10Z"),
        ("savon", "20.41Z"),
        ("serrure", "25.72Z"),
        ("fromage", "10.51C"),
        ("vélo", "30.92Z"),
        ("éolienne", "28.11Z"),
        ("panneau solaire", "26.11Z"),
        ("électrolyseur", "28.49Z"),
        ("hydrogène", "20.11Z"),
        ("pompe", "28.13Z"),
        ("pompe à chaleur", "28.25Z"),
        ("drone", "30.30Z"),
        ("TGV", "30.20Z"),
        ("lin", "13.10Z"),
        ("vin", "11.02B"),
        ("bière", "11.05Z"),
        ("obus", "25.40Z"),
        ("poudre", "20.51Z"),
        ("batterie de cuisine", "25.99A"),
        ("recyclage de batteries", "38.32Z"),
        ("verre", "23.13Z"),
        ("verre de lunettes", "32.50B"),
        ("moteur", "27.11Z"),
        ("moteur d'avion", "30.30Z"),
        ("or", "24.41Z"),
        # plurals, case, accents, ligatures, apostrophes, hyphens
        ("batteries", "27.20Z"),
        ("LUNETTES", "32.50B"),
        ("velos electriques", "30.92Z"),
        ("bateaux", "30.12Z"),
        ("journaux", "18.11Z"),
        ("métaux précieux", "24.41Z"),
        ("Œufs", "10.89Z"),
        ("semi conducteurs", "26.11Z"),
        ("semi-conducteur", "26.11Z"),
        ("semiconducteurs", "26.11Z"),
        ("electro ménager", "27.51Z"),
        ("machines-outils", "28.41Z"),
        ("huile d’olive", "10.41A"),
        ("l'horlogerie", "26.52Z"),
        ("thé", "10.83Z"),
        ("T-shirt", "14.14Z"),
        # typing errors and beginnings
        ("lunete", "32.50B"),
        ("luentte", "32.50B"),
        ("decoletage", "25.62A"),
        ("porcelene", "23.41Z"),
        ("fromaje", "10.51C"),
        ("chausure", "15.20Z"),
        ("paracetamole", "21.10Z"),
        ("helicoptaire", "30.30Z"),
        ("élictrolyseur", "28.49Z"),
        ("cristl", "23.13Z"),
        ("verre correctur", "32.50B"),
        ("lunet", "32.50B"),
        ("gigaf", "27.20Z"),
        # words around the product
        ("porcelaines de limoges", "23.41Z"),
        ("usine de batteries", "27.20Z"),
        ("fabrication de chaussures de sport", "15.20Z"),
        ("je voudrais produire des panneaux solaires", "26.11Z"),
        # English
        ("shoes", "15.20Z"),
        ("batteries factory", "27.20Z"),
        ("wind turbine", "28.11Z"),
        ("heat pumps", "28.25Z"),
        ("cheese", "10.51C"),
        ("semiconductors", "26.11Z"),
        # labels, where no product word answers
        ("accumulateurs électriques", "27.20Z"),
        ("tuyaux", "24.20Z"),
        ("transport maritime", "50.20Z"),
        ("spectacles", "90.01Z"),
        # job titles, where nothing else does
        ("taille de diamants", "32.12Z"),
    ],
)
def test_words_find_first(index, text, code):
    assert first_code(index, text) == code


@pytest.mark.parametrize(
    ("text", "code", "level"),
    [
        ("32.50B", "32.50B", "subclass"),
        ("3250b", "32.50B", "subclass"),
        (" 32.50 b ", "32.50B", "subclass"),
        ("NAF 32.50B", "32.50B", "subclass"),
        ("32.50B Fabrication de lunettes", "32.50B", "subclass"),
        ("27.20", "27.20", "class"),
        ("2720Z", "27.20Z", "subclass"),
        ("25.62", "25.62", "class"),
        ("2562", "25.62", "class"),
        ("25.62Z", "25.62", "class"),
        ("256", "25.6", "group"),
        ("25", "25", "division"),
        ("c", "C", "section"),
        ("cm", "CM", "a38"),
        ("C3", "C3", "a17"),
        ("FZ", "FZ", "a38"),
    ],
)
def test_a_code_finds_its_node_first(index, text, code, level):
    first = search(index, text, limit=3)[0]
    assert (first.activity.code, first.activity.level, first.reason.kind) == (code, level, "code")


@pytest.mark.parametrize(
    "text", ["", "   ", "zzzzqqq", "???", "de la", "bonjour", "azerty", "lorem ipsum", "99.99Z", "\x00"]
)
def test_nonsense_finds_nothing(index, text):
    assert search(index, text, limit=5) == []


def test_a_code_is_followed_by_its_descendants(index):
    assert [match.activity.code for match in search(index, "25.62", limit=9)] == ["25.62", "25.62A", "25.62B"]


def test_a_code_at_two_levels_answers_at_the_level_asked(index):
    assert [match.activity.level for match in search(index, "FZ", limit=9)][:2] == ["a38", "a17"]
    assert [match.activity.level for match in search(index, "FZ", level="a17", limit=9)] == ["a17"]


def test_a_level_stands_for_what_is_found_below(index):
    assert first_code(index, "lunettes", level="class") == "32.50"
    assert first_code(index, "lunettes", level="a38") == "CM"
    assert first_code(index, "lunettes", level="section") == "C"
    assert search(index, "fromage", level="class", limit=5) == []


def test_an_unknown_level_is_refused(index):
    with pytest.raises(ValueError, match="unknown level 'canton'"):
        search(index, "lunettes", level="canton", limit=5)


def test_a_label_repeated_up_the_tree_is_shown_once_and_finest(index):
    found = [match.activity.code for match in search(index, "piles et accumulateurs", limit=9)]
    assert found[0] == "27.20Z"
    assert not {"27.2", "27.20"} & set(found)


def test_codes_of_a_product_word_keep_their_order(index):
    found = [match.activity.code for match in search(index, "semelle", limit=3)]
    assert found == ["22.19Z", "22.29B", "15.20Z"]


def test_product_words_come_before_labels_and_exact_before_near():
    activities = [
        Activity("01.11Z", "subclass", "Moulage de bougies", None),
        Activity("01.12Z", "subclass", "Cire", None),
        Activity("01.13Z", "subclass", "Bougeoirs", None),
        Activity("01.14Z", "subclass", "Autres travaux", None),
    ]
    index = build_index(activities, {}, synonyms=[Synonym("bougie", ("01.12Z",)), Synonym("moulange", ("01.14Z",))])
    assert [match.activity.code for match in search(index, "bougie", limit=9)] == ["01.12Z", "01.11Z"]
    assert [match.activity.code for match in search(index, "bougiee", limit=9)] == ["01.12Z", "01.11Z"]
    assert [match.activity.code for match in search(index, "moulage", limit=9)] == ["01.11Z", "01.14Z"]


def test_job_titles_answer_only_where_products_do_not(index):
    assert {match.activity.code for match in search(index, "lunetterie", limit=9)} == {"32.50B"}
    optics = search(index, "optique lunetterie", limit=9)
    assert optics[0].activity.code == "32.50B"
    diamonds = search(index, "diamant", limit=9)
    assert [(match.activity.code, match.reason.kind) for match in diamonds] == [
        ("32.12Z", "job_title"),
        ("90.01Z", "job_title"),
    ]


TITLES = {
    "Optique - lunetterie": ["Opticien / Opticienne", "Monteur / Monteuse en lunetterie"],
    "Taille de diamants": ["Lapidaire", "Tailleur / Tailleuse de pierres dures", "Monteur / Monteuse sur presse"],
}


def titled(activities=(), **options):
    leaves = [Activity(code, "subclass", label, None) for code, label in (*LABELS.items(), ("32.12Z", "Bijoux"))]
    return build_index([*leaves, *activities], JOB_TITLES, synonyms=[], appellations=TITLES, **options)


def test_a_title_leads_to_the_activities_that_hire_its_occupation_the_largest_first():
    found = search(titled(), "opticienne", limit=9)
    assert [match.activity.code for match in found] == ["47.78A", "32.50B"]
    assert {str(match.reason) for match in found} == {"métier « Opticien / Opticienne »"}


def test_a_title_answers_once_for_its_occupation_and_only_to_exact_words():
    found = search(titled(), "monteur", limit=9)
    assert sorted(match.activity.code for match in found) == ["32.12Z", "32.50B", "47.78A", "90.01Z"]
    assert search(titled(), "lapidairre", limit=9) == []
    # An occupation's own label forgives.
    assert search(titled(), "diamanz", limit=9)[0].activity.code == "32.12Z"


def test_a_whole_title_comes_before_a_label_that_has_half_of_its_words():
    half = Activity("28.41Z", "subclass", "Monteur de meubles", None)
    found = search(titled([half]), "monteur presse", limit=9)
    assert found[0].activity.code == "32.12Z"
    assert "28.41Z" in {match.activity.code for match in found}
    # A label with all the words keeps titles out.
    whole = Activity("28.41Z", "subclass", "Monteur de presse", None)
    assert [match.activity.code for match in search(titled([whole]), "monteur presse", limit=9)] == ["28.41Z"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("jean", "synonyme « jean »"),
        ("lunete", "proche de « lunettes »"),
        ("décolletages", "synonyme « décolletage »"),
        ("tuyaux", "libellé"),
        ("25.62B", "code 25.62B"),
        ("diamant", "métier « Taille de diamants »"),
    ],
)
def test_the_reason_is_said_in_words(index, text, sentence):
    assert str(search(index, text, limit=1)[0].reason) == sentence


def test_limit_is_respected_and_results_are_ordered(index):
    found = search(index, "machine", limit=4)
    assert len(found) == 4
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)


def test_codes_outside_the_index_are_left_out():
    index = build_index([Activity("32.50B", "subclass", "Lunettes", None)], {"Vente": [("99.99Z", 3)]})
    assert search(index, "fromage", limit=5) == []
    assert search(index, "vente", limit=5) == []


@pytest.mark.parametrize("word", ["lunettes ", "a", "é'", "32.50B", "xyz "])
def test_a_ten_thousand_character_query_is_answered(index, word):
    search(index, word * (10_000 // len(word)), limit=5)


@settings(deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_is_answered_in_order_without_doubles(index, text):
    found = search(index, text, limit=50)
    keys = [(match.activity.code, match.activity.level) for match in found]
    assert len(keys) == len(set(keys))
    assert all(0 < match.score <= 100 for match in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Décolletage", "decolletage"),
        ("l’Œuf à la coque", "l oeuf a la coque"),
        ("Semi-Conducteurs !", "semi conducteurs"),
        ("  ", ""),
    ],
)
def test_normalise(text, expected):
    assert normalise(text) == expected
    assert normalise(expected) == expected
