"""The resources of a basin, both ways: what an activity would use, and what would use each of them."""

from typing import Any

import numpy as np
import pytest

from economy.models import Plant
from scoring import resource_leads, resource_use, service
from scoring.activity_profile import build_profile
from scoring.question import Question
from scoring.resource_leads import zone_resources
from scoring.resource_use import known_places, occupation_uses, site_use


def zone(real: Any, name: str) -> str:
    return next(one.code for one in real.zones if one.name == name)


def node(real: Any, code: str) -> Any:
    return real.nomenclature.find(code)


def test_occupations_are_those_needed_and_held_above_the_national_share(real: Any) -> None:
    index = real.zone(zone(real, "La Vallée de l'Arve"))
    profile = build_profile(node(real, "25.62A"), real.nomenclature, None)
    found = occupation_uses(real, index, profile)
    needs = {one.family.code: one.scored_share for one in profile.needs}
    jobs = real.occupations.jobs
    for one in found:
        column = real.occupations.codes.index(one.family.code)
        share = jobs[index, column] / np.nansum(jobs[index])
        national = np.nansum(jobs[:, column]) / np.nansum(jobs)
        assert one.quotient == pytest.approx(share / national)
        assert one.need == pytest.approx(needs[one.family.code])
        assert one.quotient >= 1.2 and one.jobs >= 100 and one.need >= 0.05
    assert "enlèvement" in found[0].family.label.fr  # machining leads where screws are turned


def test_sites_are_those_that_the_criterion_counts(real: Any) -> None:
    profile = build_profile(node(real, "22.22Z"), real.nomenclature, None)
    assessment = service.assess(real, Question("22.22Z", "subclass"))
    column = next(i for i, one in enumerate(assessment.used) if one.id == "land.sites")
    counted = assessment.cells[column].measured
    for index in range(len(real.zones)):
        use = site_use(real, index, profile.hectares)
        assert use.fitting == (None if counted.status[index] == "missing" else counted.value[index])
        assert use.largest_ha == pytest.approx(counted.facts["largest_ha"][index])


def test_know_how_names_the_firms_of_the_class_and_the_indications_of_the_product(real: Any) -> None:
    limoges = zone(real, "Limoges")
    porcelain, cement = (
        resource_use.resource_use(real, limoges, node(real, code)).know_how for code in ("23.41Z", "23.51Z")
    )
    assert len(porcelain.firms) == Plant.objects.filter(zone__code=limoges, naf_code__startswith="23.41").count() > 0
    assert porcelain.indications == ("Porcelaine de Limoges",)
    assert not cement.firms and not cement.indications


def test_a_basin_without_any_stock_names_no_occupation(real: Any) -> None:
    assert occupation_uses(real, real.zone("0601"), build_profile(node(real, "10.71A"), real.nomenclature, None)) == ()
    assert zone_resources(real, "0601").families == ()


@pytest.mark.parametrize("name", ["Oyonnax", "Cholet", "Creusot-Montceau", "Paris"])
def test_every_use_of_a_resource_uses_it(real: Any, name: str) -> None:
    code = zone(real, name)
    found = zone_resources(real, code)
    for family in found.families:
        place = real.nomenclature.family_codes.index(family.family.code)
        for use in family.uses:
            shares = build_profile(use.node, real.nomenclature, None).scored_shares
            assert shares[place] >= resource_leads.LEAST_NEED
    for resource in found.sites:
        for site in resource.sites:
            assert site.km <= 40 and site.surface_ha >= 1 and site.site.is_usable
            for use in resource.uses:
                needed = build_profile(use.node, real.nomenclature, None).hectares
                assert 0.25 * site.surface_ha <= needed <= site.surface_ha
    firms = set(known_places(real, code).firms)
    for know_how in found.know_how:
        assert set(know_how.firms) <= firms


def test_a_resource_lists_no_two_variants_and_the_best_ranked_first(real: Any) -> None:
    found = zone_resources(real, zone(real, "Oyonnax"))
    for resource in (*found.families, *found.sites):
        assert len({use.family for use in resource.uses}) == len(resource.uses) <= 5
        ranks = [use.fit.rank_among_basins for use in resource.uses]
        assert ranks == sorted(ranks)
    rare = [one.is_rare for one in found.families]
    assert rare == sorted(rare, reverse=True)
    # The know-how of a class leads with the class itself.
    assert all(one.uses[0].node.code.startswith(one.code) for one in found.know_how if one.code)
