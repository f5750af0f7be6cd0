"""The tables of an index, and how its file is opened.

A stretch is a piece of a file's text: what stands before its first claim, each claim up to the
next, and what follows the last. Their numbers are in file order; a claim has that of its stretch.
Its length is in bytes, its mark a checksum of its beginning; a file that could not be streamed has
none of that. All lines in other tables, and in what is packed, count from that of a stretch.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE files (
    no INTEGER PRIMARY KEY, name TEXT, dash INTEGER, key INTEGER, commented INTEGER
);
CREATE TABLE stretches (
    no INTEGER PRIMARY KEY, line INTEGER, length INTEGER, "column" INTEGER, mark INTEGER,
    digest BLOB
);
CREATE TABLE ids (id TEXT PRIMARY KEY, no INTEGER, sound INTEGER) WITHOUT ROWID;
CREATE TABLE claims (
    no INTEGER PRIMARY KEY, id TEXT, statement TEXT, contest TEXT, support TEXT, flags INTEGER,
    grade TEXT, sources INTEGER, origins INTEGER, echo INTEGER, kind TEXT, low, high,
    stances TEXT, assertions INTEGER, below INTEGER, "column" INTEGER, details BLOB
);
CREATE TABLE bodies (no INTEGER PRIMARY KEY, body BLOB);
CREATE TABLE searched (no INTEGER PRIMARY KEY, text TEXT);
CREATE VIRTUAL TABLE words USING fts5 (
    text, content = 'searched', content_rowid = 'no', detail = none, columnsize = 0,
    tokenize = 'unicode61 remove_diacritics 0'
);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row);
CREATE TABLE mentions (
    kind INTEGER, key TEXT, no INTEGER, PRIMARY KEY (kind, key, no)
) WITHOUT ROWID;
CREATE TABLE groups (
    id INTEGER PRIMARY KEY, subject TEXT, property TEXT, conflict TEXT, hot INTEGER
);
CREATE TABLE members (no INTEGER, "group" INTEGER, PRIMARY KEY (no, "group")) WITHOUT ROWID;
CREATE TABLE relations (no INTEGER, type TEXT, other TEXT);
CREATE TABLE strangers (
    folded TEXT, no INTEGER, below INTEGER, "column" INTEGER, text TEXT,
    PRIMARY KEY (folded, no, below, "column", text)
) WITHOUT ROWID;
CREATE TABLE entries (
    kind TEXT, id TEXT, no INTEGER, above TEXT, body BLOB, PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE TABLE names (no INTEGER PRIMARY KEY, folded TEXT, entity TEXT);
CREATE TABLE reviews (
    no INTEGER PRIMARY KEY, conflict TEXT, dispute TEXT, claim TEXT, body BLOB, missing INTEGER
);
CREATE TABLE conflicts (
    soft INTEGER, id TEXT, state TEXT, same_source INTEGER, origins INTEGER, by_value INTEGER,
    PRIMARY KEY (soft, id)
) WITHOUT ROWID;
CREATE TABLE standing (no INTEGER, conflict TEXT, PRIMARY KEY (no, conflict)) WITHOUT ROWID;
CREATE TABLE told (no INTEGER PRIMARY KEY, stage INTEGER, key, code TEXT, body BLOB);
CREATE TABLE silenced (told INTEGER PRIMARY KEY, comment BLOB);
CREATE TABLE audits (no INTEGER PRIMARY KEY, results BLOB);
CREATE TABLE speech (no INTEGER, source TEXT, speaker TEXT, first INTEGER, last INTEGER);
CREATE TABLE quotes (source TEXT, result TEXT, number INTEGER, PRIMARY KEY (source, result))
    WITHOUT ROWID;
CREATE TABLE holdings (source TEXT PRIMARY KEY, held INTEGER, matches INTEGER) WITHOUT ROWID;
"""
WAITING = """
CREATE TABLE waiting.state (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE waiting.read (file INTEGER PRIMARY KEY, name TEXT, digest BLOB);
CREATE TABLE waiting.claims (
    no INTEGER PRIMARY KEY, line INTEGER, "column" INTEGER,
    key TEXT, key_line INTEGER, key_column INTEGER, raw BLOB
);
CREATE TABLE waiting.ids (id TEXT, no INTEGER, sound INTEGER);
CREATE TABLE waiting.mentions (kind INTEGER, key TEXT, no INTEGER);
"""
"""What is not yet where it belongs while an index is made, and how far that has come.

Claims wait for all that they may name; what goes into a table in the order of its key waits until
all of it is there, since a tree is filled best in order.
"""
SORTED = """
INSERT INTO ids SELECT * FROM waiting.ids ORDER BY id;
INSERT INTO mentions SELECT * FROM waiting.mentions ORDER BY kind, key, no;
INSERT INTO words (words) VALUES ('rebuild');
"""
"""Puts in place what waited, and indexes the words of all claims."""
INDEXES = """
CREATE INDEX entries_by_above ON entries (above) WHERE above IS NOT NULL;
CREATE INDEX names_by_name ON names (folded);
CREATE INDEX ids_by_claim ON ids (no);
CREATE UNIQUE INDEX groups_by_key ON groups (subject, property);
CREATE INDEX groups_by_conflict ON groups (conflict);
CREATE INDEX members_by_group ON members ("group");
CREATE INDEX relations_by_claim ON relations (no);
CREATE INDEX relations_by_other ON relations (other);
CREATE INDEX standing_by_conflict ON standing (conflict);
CREATE INDEX reviews_by_conflict ON reviews (conflict);
CREATE INDEX strangers_by_claim ON strangers (no);
CREATE INDEX told_by_key ON told (stage, key);
CREATE INDEX speech_by_claim ON speech (no);
"""
"""Made once the tables are filled: that costs less than keeping them in order meanwhile."""


_CHANGING = (
    "PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = FILE;"
    "PRAGMA synchronous = OFF; PRAGMA cache_size = -4096;"
)
"""Nobody else opens an index that is not sealed, and none has to outlast a crash of the machine."""


def create(path: Path | None, waiting: Path | None = None) -> sqlite3.Connection:
    """A new index in a file, or where nobody else sees it, and beside it another of what waits."""
    connection = _open_to_make("" if path is None else path, waiting)
    connection.executescript(
        "PRAGMA page_size = 8192; PRAGMA waiting.page_size = 8192;"
        f"BEGIN; {TABLES} {WAITING} COMMIT;"
    )
    return connection


def go_on_with(path: Path, waiting: Path) -> sqlite3.Connection:
    """An index that was created and not finished, as it was when it could last be gone on with.

    Raises sqlite3.Error for one that is damaged.
    """
    connection = _open_to_make(path, waiting)
    for database in ("main", "waiting"):
        if connection.execute(f"PRAGMA {database}.quick_check(1)").fetchone() != ("ok",):
            connection.close()
            raise sqlite3.DatabaseError
    return connection


def _open_to_make(path: Path | str, waiting: Path | None) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("ATTACH ? AS waiting", ("" if waiting is None else str(waiting),))
    connection.executescript(
        f"{_CHANGING} PRAGMA waiting.synchronous = OFF; PRAGMA journal_mode = TRUNCATE;"
    )
    return connection


def open_to_change(path: Path) -> sqlite3.Connection:
    """A copy of an index that nobody else sees yet. Who is cut off leaves a file to be removed."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(f"{_CHANGING} PRAGMA journal_mode = OFF;")
    return connection


def statements(script: str) -> list[str]:
    """The statements of a script, one by one: as a whole it would end a transaction."""
    return [each for each in script.split(";") if each.strip()]


def folder_of(index: sqlite3.Connection) -> str | None:
    """The folder that an index lies in; None for one that nobody keeps."""
    file = index.execute("PRAGMA database_list").fetchone()[2]
    return str(Path(file).parent) if file else None


def open_to_read(path: Path) -> sqlite3.Connection:
    """A sealed index. Nobody changes it, so nothing is locked and nothing is written beside it."""
    escaped = str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return sqlite3.connect(f"file:{escaped}?mode=ro&immutable=1", uri=True, isolation_level=None)
