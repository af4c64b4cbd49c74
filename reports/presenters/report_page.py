"""The page that offers a report: what it holds, one link a form, where to ask for many."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from explorer.presenters.ranking import why_url
from reports.contents.asked import question_words
from reports.formats import FORMATS
from scoring.facts import ZoneCard
from scoring.ranked_basin import RankedBasin
from scoring.ranking import Ranking


def basin_report_page(zone: ZoneCard) -> dict[str, Any]:
    """Return the context of the page that offers the report of a basin."""
    return {
        "zone": zone,
        "title": _("Le rapport du bassin"),
        "back_url": reverse("explorer:basin", args=(zone.code,)),
        "back_label": zone.name,
        "contents": [
            _("Une page de réponse : ce qu'est le bassin, huit chiffres, ses points forts, ce qui manque."),
            _("Ce que l'on y fait, comparé à sa région et à la France, et les bassins semblables."),
            _("Ses métiers, ses recrutements, ses formations, et ce qu'il pourrait produire avec ce qu'il a."),
            _("Ses savoir-faire, son foncier, ses accès, ses conditions de vie, ses programmes."),
            _("Comment le lire, ce qu'il ne dit pas, ses sources et leurs licences."),
        ],
        "asked": [],
        "files": files(reverse("reports:basin-report-file", args=(zone.code, "SUFFIX"))),
        "exports_url": reverse("reports:exports"),
    }


def why_report_page(ranking: Ranking, basin: RankedBasin) -> dict[str, Any]:
    """Return the context of the page that offers the report of a basin for an activity, the question in words."""
    zone, query = basin.zone, ranking.question.to_query("activite")
    return {
        "zone": zone,
        "title": _("Le rapport du bassin pour une activité"),
        "back_url": why_url(zone.code, ranking.question),
        "back_label": _("%(name)s : %(label)s") % {"name": zone.name, "label": ranking.sector.label},
        "contents": [
            _("Une page de réponse : rang, score, intervalle, points forts, ce qui manque, ce qu'il faut changer."),
            _("Chaque critère avec sa valeur, son poids, ses points et sa raison : les points s'ajoutent."),
            _("Ce que l'activité exige, le projet, les métiers qu'elle recrute et ceux du bassin."),
            _("Les changements les moins coûteux vers un meilleur rang, et ce qui ne se change pas."),
            _("Les bassins semblables pour cette activité, et ce que celui-ci pourrait produire d'autre."),
        ],
        "asked": question_words(ranking),
        "files": files(f"{reverse('reports:why-report-file', args=(zone.code, 'SUFFIX'))}?{query}"),
        "exports_url": reverse("reports:exports"),
    }


def files(url: str) -> list[dict[str, str]]:
    """Return each form of the report with its address and what it is for."""
    uses = {
        "pdf": _("à imprimer et à remettre : douze pages au plus, lisible par un lecteur d'écran"),
        "docx": _("à reprendre dans un traitement de texte, avec ses styles"),
        "xlsx": _("tous les chiffres, un tableau par feuille, sans rien couper"),
        "html": _("une page en un seul fichier, qui s'ouvre sans réseau"),
    }
    return [{"label": one.upper(), "url": url.replace("SUFFIX", one), "use": uses.get(one, "")} for one in FORMATS]
