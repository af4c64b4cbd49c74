import doctest
import importlib
import inspect
import pkgutil
from types import ModuleType

import pytest

import measures

MODULES = [importlib.import_module(f"measures.{found.name}") for found in pkgutil.iter_modules(measures.__path__)]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_examples_of_the_docstrings_run(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_public_function_is_listed_and_has_an_example(module: ModuleType) -> None:
    own = {
        name: function
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }
    assert set(own) <= set(module.__all__)
    assert [name for name, function in own.items() if ">>>" not in (function.__doc__ or "")] == []
