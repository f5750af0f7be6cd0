"""Where indexes lie: in the platform's cache folder, each named after its register's path."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from zlib import crc32

from claimtrack.reading.files import resolved

_NAME = "claimtrack"
_XDG = "XDG_CACHE_HOME"


def index_folder() -> Path:
    """The folder of all indexes; it need not be there."""
    if sys.platform.startswith("linux"):
        # The rule is one sentence of the XDG specification; the library that knows it for every
        # platform costs more to import than an index costs to read.
        named = os.environ.get(_XDG, "")
        home = named if named.startswith("/") else os.path.expanduser("~/.cache")  # noqa: PTH111
        return Path(home, _NAME)
    import platformdirs

    return platformdirs.user_cache_path(_NAME, appauthor=False)


def index_stem(main: Path) -> str:
    """What the files of a register's index are called, before their suffixes.

    Two registers may share a stem: whoever reads an index looks for the register's path in it.
    """
    whole = os.fsencode(resolved(main))
    name = re.sub(r"[^A-Za-z0-9-]+", "-", resolved(main).parent.name)[:40] or "register"
    return f"{name}-{crc32(whole):08x}{crc32(whole[::-1]):08x}"
