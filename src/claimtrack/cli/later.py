"""Modules that Typer imports and hardly ever uses, imported when somebody first does.

Together they take an eighth of the time of a Typer program that does nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

SELDOM = (
    *("bz2", "lzma", "zlib"),
    *("ipaddress", "shellingham", "subprocess", "textwrap"),
    *("linecache", "tokenize"),
)
"""For archives; for addresses, shells, other programs, paragraphs; for the source of a program."""


class _Later(ModuleType):
    """Stands for a module until anything of it is asked for."""

    def __getattr__(self, name: str) -> object:
        from importlib import import_module

        _take_out(self)
        module = import_module(self.__name__)
        self.__dict__.update(module.__dict__)
        return getattr(module, name)


def _take_out(stand_in: _Later) -> None:
    if sys.modules.get(stand_in.__name__) is stand_in:
        del sys.modules[stand_in.__name__]


@contextmanager
def imported_later() -> Iterator[None]:
    """What is imported meanwhile gets stand-ins of these modules; others get them as ever."""
    stand_ins = [_Later(name) for name in SELDOM if name not in sys.modules]
    sys.modules.update({each.__name__: each for each in stand_ins})
    try:
        yield
    finally:
        for each in stand_ins:
            _take_out(each)
