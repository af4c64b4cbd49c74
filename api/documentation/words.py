"""What the documentation says of each address, parameter, example and error, in the language of the page."""

from django.utils.translation import gettext as _


def address_words() -> dict[str, str]:
    """Return what each address answers, by path after /api/v1/, in the order of the page."""
    return {
        "rankings": _("Les bassins classés pour une activité, avec l'intervalle et les raisons de chaque rang"),
        "rankings/pairs": _("La probabilité que chaque bassin d'une page du classement passe devant chaque autre"),
        "complementarity": _("Les bassins proches qui répondent mieux ensemble à une activité ou à une chaîne"),
        "basins": _("Les bassins, par nom, commune ou région"),
        "basins/{code}": _("Un bassin et tous ses indicateurs"),
        "basins/{code}/activities": _("Ce qu'un bassin pourrait produire, avec l'intervalle de chaque rang"),
        "basins/{code}/peers": _("Les bassins qui lui ressemblent"),
        "basins/{code}/gap": _("Ce qui doit changer pour atteindre un rang ou un score"),
        "what-if": _("Le score et le rang d'un bassin avec d'autres valeurs ; rien n'est gardé"),
        "activities": _("Les activités de la NAF, par mots ou par niveau"),
        "activities/{code}": _("Ce dont une activité a besoin : métiers, foncier, puissance, transports, exigences"),
        "criteria": _("Les critères du score : leurs poids, leurs formules, leurs sources"),
        "indicators": _("Les indicateurs des bassins : définition, méthode, couverture"),
        "indicators/{id}": _("Un indicateur dans tous les bassins"),
        "communes": _("Les communes et le bassin de chacune"),
        "perimeters": _("Les Territoires d'industrie, intercommunalités, départements et régions"),
        "perimeters/{kind}/{code}": _("Un périmètre et sa part dans chaque bassin"),
        "perimeters/{kind}/{code}/communes": _("Les communes d'un périmètre"),
        "sources": _("Les jeux de données de l'édition : producteurs, millésimes, licences, limites"),
        "health": _("L'état du service"),
    }


def parameter_words() -> dict[str, str]:
    """Return what each parameter asks, by name, in the order of the page."""
    return {
        "activity": _("code de la NAF rév. 2, avec ou sans le point"),
        "steps": _("chaîne de deux à six activités, code:rôle, à la place d'une activité"),
        "level": _("niveau de la NAF ; par défaut le plus fin qui porte ce code"),
        "weights": _("poids clé:nombre, séparés par des virgules ; les clés sont des piliers ou des critères"),
        "preset": _("jeu de poids tout fait, dont partir"),
        "region": _("code Insee d'une région dont le bassin a une partie ; les rangs restent nationaux"),
        "jobs": _("emplois du projet"),
        "hectares": _("hectares demandés"),
        "mw": _("puissance électrique, en MW"),
        "modes": _("parts des modes de transport, mode:nombre"),
        "require": _("exigences à appliquer ; un bassin qui en manque une vient en dernier, sans rang"),
        "normalisation": _("comment une valeur devient une note de 0 à 1"),
        "aggregation": _("comment les notes deviennent un score"),
        "target": _("rang (top20) ou score (score60) à atteindre"),
        "effort": _("points d'effort d'une unité de chaque levier, critère:nombre"),
        "for": _("ce que l'on compare"),
        "exclude_region": _("laisser de côté les bassins de la même région"),
        "distance": _("kilomètres au plus entre deux membres, à vol d'oiseau"),
        "size": _("paires (2) ou triplets (3)"),
        "basin": _("code d'un bassin"),
        "kind": _("nature du périmètre"),
        "group": _("thème des indicateurs"),
        "q": _("mots cherchés, de 1 à 200 caractères"),
        "limit": _(
            "lignes au plus dans la réponse ; 100 pour les probabilités deux à deux et pour les groupes de bassins"
        ),
        "offset": _("lignes passées ; au-delà de la fin, la réponse est une erreur 404"),
        "lang": _("langue des libellés et des phrases, sinon celle de l'en-tête Accept-Language, sinon le français"),
    }


def example_words() -> dict[str, tuple[str, str]]:
    """Return the title of each example and what it shows."""
    return {
        "rank": (
            _("Classer les bassins pour une activité"),
            _("Les contributions des critères s'additionnent au score ; les rangs viennent avec leur intervalle."),
        ),
        "basin": (
            _("Lire les indicateurs d'un bassin"),
            _("Chaque valeur a son unité, son statut, son millésime et son producteur ; null n'est jamais un zéro."),
        ),
        "what_if": (
            _("Essayer d'autres valeurs"),
            _("La question part dans le corps de la requête, en JSON ; rien n'est gardé."),
        ),
        "pages": (
            _("Parcourir une liste entière"),
            _("L'en-tête Link donne l'adresse de la page suivante ; il n'en donne plus à la dernière."),
        ),
        "again": (
            _("Ne pas demander deux fois la même chose"),
            _("L'étiquette (ETag) d'une réponse, renvoyée, donne un 304 tant que l'édition n'a pas changé."),
        ),
    }


def status_words() -> dict[str, str]:
    """Return what each status of an error means."""
    return {
        "400": _("un paramètre ou un membre est faux : la phrase dit lequel, ce qui est donné, ce qui est accepté"),
        "404": _("un code, une adresse, une page de liste ou une exigence de cette activité qui n'existe pas"),
        "405": _("une méthode que l'adresse n'accepte pas ; l'en-tête Allow donne celles qui le sont"),
        "406": _("un en-tête Accept qui exclut le JSON"),
        "411": _("un corps envoyé par morceaux, sans en-tête Content-Length"),
        "412": _("un en-tête If-Match qui désigne une autre réponse que celle en service"),
        "413": _("un corps de plus de 20 000 octets"),
        "414": _("une adresse de plus de 4 096 octets de paramètres"),
        "415": _("un corps qui n'est pas annoncé comme du JSON"),
        "429": _("trop d'unités en une minute ; Retry-After dit dans combien de secondes revenir"),
        "500": _("une erreur de notre part, enregistrée"),
        "503": _("la base de données ou les données manquent pour un moment ; Retry-After dit quand revenir"),
    }
