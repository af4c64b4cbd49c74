"""What `make` calls exists: a target that names no command of the set-up would only fail in the reader's hands."""

import re

from config.setup.__main__ import COMMANDS
from config.setup.places import CHECKOUT


def test_every_target_of_the_makefile_names_a_command_of_the_set_up():
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    named = re.findall(r"config/setup/entry\.sh (\w+)", makefile)
    assert {"run", "test", "validate", "bench", "edition"} <= set(named) <= set(COMMANDS)
    phony = re.search(r"^\.PHONY: (.*)$", makefile, flags=re.M)
    targets = re.findall(r"^(\w[\w-]*):", makefile, flags=re.M)
    assert phony and set(phony[1].split()) == set(targets)
