import numpy as np
import pytest

from measures.arrays import matrix, refuse_where, vector


def test_integers_become_float64_and_nan_is_kept() -> None:
    assert vector(np.array([1, 2]), name="a").dtype == np.float64
    assert np.isnan(matrix([[1.0, np.nan]], name="a")[0, 1])


def test_a_wrong_shape_is_refused_by_the_name_of_the_argument() -> None:
    with pytest.raises(ValueError, match=r"weights must have 1 dimension\(s\), not 2"):
        vector(np.ones((2, 2)), name="weights")
    with pytest.raises(ValueError, match=r"jobs must have 2 dimension\(s\), not 1"):
        matrix(np.ones(2), name="jobs")


def test_refusal_names_the_first_five_places_and_counts_the_others() -> None:
    with pytest.raises(ValueError, match=r"^jobs are odd: at position 0, 1, 2, 3, 4 and 2 more\.$"):
        refuse_where(np.ones(7, dtype=np.bool_), "jobs are odd")


def test_refusal_names_row_and_column_of_a_table() -> None:
    with pytest.raises(ValueError, match=r"at position \(1, 0\)\.$"):
        refuse_where(np.array([[False], [True]]), "jobs are odd")


def test_nothing_wrong_is_silent() -> None:
    refuse_where(np.zeros(3, dtype=np.bool_), "jobs are odd")
