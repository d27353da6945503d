"""Loads the program's file."""

from __future__ import annotations

import sys
from types import ModuleType


def load(path: str) -> None:
    """Run it as the module "job", so that it can be pickled from and shows up in tracebacks."""
    module = ModuleType("job")
    module.__file__ = path
    sys.modules["job"] = module
    with open(path, "rb") as file:
        code = compile(file.read(), path, "exec")
    exec(code, module.__dict__)
