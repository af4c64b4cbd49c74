"""A whole ranking as a document: what its page says first, every basin as a table, the weights."""

from django.utils.translation import gettext as _

from explorer.citations import cited
from explorer.presenters.ranking import headline, unmet_sentence
from reports.contents.asked import question_words
from reports.contents.blocks import said
from reports.contents.provenance import language, provenance
from reports.contents.why_score import weights
from reports.document import Chapter, Document, Provenance, Sheet
from reports.ranking_table import ranking_table
from scoring.ranking import Ranking
from scoring.sentences.robustness import head_sentence, spread_sentence

LEADERS = 10
# What places and names come from, besides the sources of the criteria.
ALWAYS = ("commune-zones",)


def ranking_document(ranking: Ranking, permalink: str) -> Document:
    """Return the ranking of a question, whole; `permalink` is the whole address of its page."""
    sector, first = ranking.sector, ranking.rows(0, LEADERS)
    sentences = (headline(ranking, first), unmet_sentence(first), head_sentence(ranking), spread_sentence(ranking))
    sheet = Sheet(ranking_table(ranking), source=cited(ranking.facts, *ALWAYS))
    return Document(
        name=f"classement-{sector.code.replace('.', '').lower()}",
        kind="ranking",
        title=_("Classement : %(label)s (%(code)s)") % {"label": sector.label, "code": sector.code},
        subtitle=_("Bassins d'emploi classés pour une activité, zones d'emploi 2020 (INSEE)"),
        language=language(),
        provenance=ranking_provenance(ranking, permalink),
        summary=[said(one) for one in (*sentences, ranking.grain_note) if one],
        chapters=[Chapter("classement", _("Classement"), [sheet]), weights(ranking)],
    )


def ranking_provenance(ranking: Ranking, permalink: str) -> Provenance:
    """Return where a ranking comes from: what was asked, the data sets behind the criteria in use."""
    quoted = {slug for one in ranking.used for slug in one.sources} | set(ALWAYS)
    return provenance(ranking.facts, permalink, quoted=quoted, asked=question_words(ranking))
