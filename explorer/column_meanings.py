"""What the columns of tables mean, for the dictionaries of files: what is counted, over what, which way to read."""

from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from basins.indicators import indicators
from explorer.tables import Column

# Tables of a row an indicator (or a node of a network), a column a territory.
BY_TERRITORY = ("comparison", "population", "skills", "land", "living", "programmes", "indicators", "access")
BY_ZONE = "zones-"
# Tables whose column `Code` is that of a basin, whose `Rang` is that of a value or of a score, those of sites, those
# of the basins of a perimeter.
OF_ZONES = ("ranking", "ranking-near", "peers", "zones", "indicators")
OF_SITES, OF_PARTS = ("sites", "counted-sites"), ("zones", "indicators")
OF_SCORES = ("ranking", "ranking-near")
OF_VALUES = ("comparison", "population", "skills", "land", "living", "programmes", "indicators", "occupations")


def meaning(table_id: str, column: Column) -> str:
    """Return what a column of a table means: its own words, else those of its label, "" where no more is known."""
    if column.meaning:
        return column.meaning
    language = get_language() or "fr"
    label = column.label
    measured = _of_indicators(language).get((label, column.unit), "")
    if found := measured or _of_table(table_id, label) or _by_label(language).get(label, ""):
        return found
    for beginning, words in _by_beginning(language):
        if label.startswith(beginning):
            return words
    return _of_territory(table_id, column)


def _of_table(table_id: str, label: str) -> str:
    """Return what a label that several tables use means in one of them."""
    for known, tables, words in _in_tables(get_language() or "fr"):
        if label == known and table_id in tables:
            return words
    return ""


@lru_cache(maxsize=4)
def _in_tables(language: str) -> list[tuple[str, tuple[str, ...], str]]:
    """Return labels with the tables where they have a meaning, and that meaning."""
    return [
        (_("Code"), OF_ZONES, _("Code de la zone d'emploi 2020 de l'Insee.")),
        (_("Rang"), OF_VALUES, _("Rang parmi les bassins connus ; 1 est le bout favorable, ou le plus haut.")),
        (_("Rang"), OF_SCORES, _("Rang parmi tous les bassins ; des scores égaux partagent le meilleur rang.")),
        (_("Rang"), ("peers",), _("Rang de ressemblance : 1 est le bassin le plus semblable.")),
        (_("Emplois"), ("composition",), _("Emplois salariés privés de la branche dans le bassin.")),
        (_("Identifiant"), OF_SITES, _("Identifiant du site dans l'inventaire.")),
        (_("Surface"), OF_SITES, _("Surface du site que déclare l'inventaire.")),
        (_("Communes"), ("zones",), _("Nombre de communes qui sont dans le bassin et dans le périmètre.")),
        (_("Part du périmètre"), OF_PARTS, _("Part des habitants du périmètre qui vivent dans le bassin.")),
        (_("Part du bassin"), OF_PARTS, _("Part des habitants du bassin qui vivent dans le périmètre.")),
        (_("Poids"), ("points",), _("Part du critère dans le score.")),
        (_("Points"), ("points",), _("Poids multiplié par la note.")),
    ]


def _of_territory(table_id: str, column: Column) -> str:
    """Return what a column that bears the name of a territory means."""
    if column.decimals is None:
        return ""
    if table_id in BY_TERRITORY:
        return _("Valeur dans ce territoire de ce que nomme la ligne.")
    if table_id.startswith(BY_ZONE):
        return _("Valeur du bassin entier ; à côté de son nom, la part des habitants du périmètre qui y vivent.")
    return ""


@lru_cache(maxsize=4)
def _of_indicators(language: str) -> dict[tuple[str, str], str]:
    """Return how indicators are measured, by label and unit: a count may bear the name of a rate."""
    return {(str(one.label), str(one.unit)): str(one.method) for one in indicators().values()}


@lru_cache(maxsize=4)
def _by_label(language: str) -> dict[str, str]:
    """Return the meanings of labels in the active language, which is `language`."""
    return _frame() | _places() | _work() | _scores() | _weights() | _growth()


@lru_cache(maxsize=4)
def _by_beginning(language: str) -> list[tuple[str, str]]:
    """Return the meanings of labels that end with the name of a territory, by how they begin."""
    nowhere = {"name": ""}
    return [
        (_("Emplois estimés, %(name)s") % nowhere, _work()[_("Emplois estimés")]),
        (_("Emplois, %(name)s") % nowhere, _("Emplois du territoire cette année-là, dans le champ de la source.")),
        (_("Indice, %(name)s") % nowhere, _("Emplois rapportés à ceux de la première année, qui vaut 100.")),
        (_("Part du total, %(name)s") % nowhere, _("Part du bassin dans la somme de ceux du territoire.")),
        (_("Part, %(name)s") % nowhere, _("Part dans les emplois du territoire que compte le tableau.")),
    ]


def _frame() -> dict[str, str]:
    """Return the meanings of what most tables have beside their figures."""
    return {
        _("Statut"): _("Ce que l'on sait de la ligne ; une case vide n'est pas un zéro."),
        _("Indicateur"): _("Ce qui est mesuré ; sa méthode est à la page des données."),
        _("Unité"): _("Unité des valeurs de la ligne."),
        _("Millésime"): _("Année ou période que mesure le chiffre, ou date de ses données."),
        _("Producteur"): _("Qui publie les données dont vient le chiffre."),
        _("Bassins classés"): _("Nombre de bassins entre lesquels le rang est pris."),
        _("Région et France"): _("Comment la valeur du territoire est tirée de celles de ses bassins."),
        _("Année"): _("Année que mesure la ligne."),
        _("Trimestre"): _("Trimestre que mesure la ligne."),
        _("Thème"): _("Groupe de l'indicateur."),
        _("Régions"): _("Régions où le bassin a des communes."),
        _("Code du bassin"): _("Code de la zone d'emploi 2020 de l'Insee."),
    }


def _places() -> dict[str, str]:
    """Return the meanings of columns on communes, sites and perimeters."""
    return {
        _("Code INSEE"): _("Code officiel géographique de la commune."),
        _("Code Insee"): _("Code officiel géographique de la commune."),
        _("Longitude"): _("Du point du site, en WGS 84."),
        _("Latitude"): _("Du point du site, en WGS 84."),
        _("Département"): _("Code du département."),
        _("Habitants"): _("Population municipale."),
        _("Habitants du périmètre dans le bassin"): _(
            "Population municipale des communes qui sont dans le bassin et dans le périmètre."
        ),
        _("Habitants des communes connues"): _(
            "Part des habitants qui vivent dans une commune dont le dénombrement est connu."
        ),
        _("Pleinement utile jusqu'à"): _("Distance jusqu'où le nœud compte en entier."),
        _("Sans effet au-delà de"): _("Distance à partir de laquelle le nœud ne compte plus."),
        _("Distance au centre"): _("À vol d'oiseau, du centre de population du bassin."),
    }


def _work() -> dict[str, str]:
    """Return the meanings of columns on branches and occupations."""
    return {
        _("Code A38"): _("Code de la branche dans la nomenclature agrégée A38."),
        _("Code NAF"): _("Code de l'activité dans la NAF rév. 2."),
        _("Code FAP"): _("Code de la famille professionnelle de la Dares."),
        _("France = 1"): _("Part dans le bassin rapportée à la part en France : 2, deux fois plus."),
        _("Emplois estimés"): _("Emplois du métier dans le bassin, estimés et non comptés."),
        _("Marge (±)"): _("Marge d'erreur de l'estimation, en part de sa valeur."),
        _("Niveau de tension (1 à 5)"): _("Difficulté de recruter, de 1 (faible) à 5 (forte)."),
        _("Maille du niveau"): _("Territoire où le niveau de tension est mesuré."),
        _("Jugés difficiles"): _("Part des projets de recrutement que les employeurs jugent difficiles."),
        _("Part des embauches"): _("Part du métier dans les embauches connues de l'activité."),
    }


def _scores() -> dict[str, str]:
    """Return the meanings of columns on scores and ranks."""
    return {
        _("Score"): _("Score du bassin pour l'activité, sur 100."),
        _("Score, au moins"): _("Borne basse du score, selon ce que valent les données manquantes ou estimées."),
        _("Score, au plus"): _("Borne haute du score, selon ce que valent les données manquantes ou estimées."),
        _("Rang médian"): _("Rang du milieu, sur des tirages qui font varier erreurs et poids."),
        _("Rang, au mieux (9 tirages sur 10)"): _("Meilleur rang des neuf tirages sur dix du milieu."),
        _("Rang, au pire (9 tirages sur 10)"): _("Moins bon rang des neuf tirages sur dix du milieu."),
        _("Poids porté par des données"): _(
            "Part du poids des critères dont la valeur est connue ; le reste compte pour moitié."
        ),
        _("Rang du bassin"): _("Rang du bassin pour l'activité de la ligne ; 1 est le mieux placé."),
        _("Rang pour l'activité"): _("Rang du bassin pour l'activité du rapport."),
        _("Avantage"): _("Part des bassins moins bien placés que celui-ci pour cette activité."),
        _("Écart (1 : deux bassins au hasard)"): _(
            "Dissemblance : 0 entre deux bassins identiques, 1 entre deux bassins pris au hasard."
        ),
        _("Part du poids connue des deux côtés"): _("Part du poids des traits connus dans les deux bassins."),
    }


def _weights() -> dict[str, str]:
    """Return the meanings of columns on the points of criteria."""
    return {
        _("Pilier"): _("Groupe du critère."),
        _("Note"): _("Place de la valeur entre ses bornes, de 0 à 1."),
        _("Note, au moins"): _("Borne basse de la note, selon l'incertitude de la valeur."),
        _("Note, au plus"): _("Borne haute de la note, selon l'incertitude de la valeur."),
        _("Écart au bassin médian"): _("Points du bassin moins ceux du bassin médian."),
        _("Poids demandé"): _("Poids que le lecteur a réglé, ou celui par défaut."),
        _("Poids par défaut"): _("Poids proposé par le site."),
        _("Poids employé"): _("Poids demandé, ramené à 100, moins ou plus ce que l'activité déplace."),
        _("Part réelle des écarts entre bassins"): _(
            "Ce que le critère pèse dans les écarts entre bassins ; négative, elle va à rebours des autres."
        ),
        _("Famille de preuves"): _("Critères tirés des mêmes données, qui ne se confirment pas l'un l'autre."),
    }


def _growth() -> dict[str, str]:
    """Return the meanings of columns on what would have to change."""
    return {
        _("Points gagnés"): _("Points que le changement ajoute au score."),
        _("Score alors"): _("Score une fois le changement fait."),
        _("Rang alors"): _("Rang une fois le changement fait, les autres bassins restant ce qu'ils sont."),
        _("Points perdus"): _("Points qui manquent au critère pour atteindre son poids."),
        _("Distance au tissu actuel"): _("Ce que l'activité a déjà dans le bassin, du plus proche au plus lointain."),
    }
