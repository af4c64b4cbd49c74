"""What became of a commune that is no more, or that bore another name, in words."""

from django.utils.translation import gettext as _

from basins.former_names import FormerName


def became(one: FormerName) -> str:
    """Return what the commune became, and in which year; empty where its name is not known."""
    if not one.name or one.ended_on is None:
        return ""
    values = {"old": one.name, "now": f"{one.commune_name} ({one.commune})", "year": one.ended_on.year}
    if one.is_renumbered:
        return _("%(now)s a changé de code en %(year)s.") % values
    if one.is_direct:
        return _("%(old)s est devenue %(now)s en %(year)s.") % values
    return _("%(old)s a changé de nom ou de commune en %(year)s, d'autres changements ont suivi : %(now)s.") % values


def then_and_now(name: str, former: FormerName | None) -> str:
    """Return the name of a commune, after the one by which it was found where that is an old one."""
    return f"{former.name} → {name}" if former and not former.is_renumbered else name
