import pandas as pd
import pytest

from basins.commune_codes import current_codes, translated
from sources.editions import BuildError


def moves(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["code_before", "code_after", "effective_on"])


def test_a_merged_commune_is_followed_through_two_mergers():
    events = moves(("01002", "01003", "2016-01-01"), ("01003", "01004", "2019-01-01"))
    assert current_codes(events, {}, ["01004"]) == {"01002": "01004", "01003": "01004", "01004": "01004"}


def test_the_last_move_wins_whatever_the_order_of_the_file():
    events = moves(("01002", "01005", "2019-01-01"), ("01002", "01003", "1973-01-01"))
    assert current_codes(events, {}, ["01003", "01005"])["01002"] == "01005"


def test_a_code_in_force_stands_for_itself_even_if_it_was_once_merged():
    events = moves(("01002", "01003", "1973-01-01"))
    assert current_codes(events, {}, ["01002", "01003"])["01002"] == "01002"


def test_an_arrondissement_goes_to_its_commune():
    assert current_codes(moves(), {"75101": "75056"}, ["75056"])["75101"] == "75056"


def test_a_commune_shared_out_goes_to_the_smallest_code():
    events = moves(("01002", "01009", "2019-01-01"), ("01002", "01005", "2019-01-01"))
    assert current_codes(events, {}, ["01005", "01009"])["01002"] == "01005"


def test_a_circle_and_a_dead_end_are_left_out():
    circle = ("01002", "01003", "2016-01-01"), ("01003", "01002", "2017-01-01")
    events = moves(*circle, ("01007", "01008", "2017-01-01"))
    assert current_codes(events, {}, ["01001"]) == {"01001": "01001"}


def test_translation_keeps_the_index_and_names_what_it_does_not_know():
    codes = pd.Series(["01002", "01001"], index=[7, 3])
    found = translated(codes, {"01002": "01001", "01001": "01001"}, what="essai")
    assert found.to_dict() == {7: "01001", 3: "01001"}
    with pytest.raises(BuildError, match="essai .* 99999"):
        translated(pd.Series(["01001", "99999"]), {"01001": "01001"}, what="essai")
