"""All that an index holds, so that two can be compared."""

from __future__ import annotations

import marshal
import sqlite3
from collections.abc import Callable
from typing import Any

from claimtrack.diagnostic import RegisterUnreadable
from claimtrack.index.entries import diagnostic_of
from claimtrack.index.stored import Stored
from claimtrack.index.telling import Stage

BY_CLAIM = {
    "claims": "no",
    "bodies": "no",
    "searched": "no",
    "mentions": "kind, key, no",
    "relations": "no, rowid",
    "strangers": 'folded, no, below, "column", text',
    "standing": "no, conflict",
    "audits": "no",
    "speech": "no, source, speaker, first",
    "ids": "id",
}
"""Tables with the numbers of claims, and what their rows are ordered by."""
OTHERS = ("files", "entries", "names", "conflicts", "quotes", "holdings", "vocabulary", "reviews")
OF_A_CLAIM = (Stage.CLAIM, Stage.DERIVED, Stage.QUOTE, Stage.WORDING)
PACKED = ("details", "body", "results")


def contents(stored: Stored) -> dict[str, Any]:
    """All that an index holds, claims numbered by their order."""
    index = sqlite3.connect(":memory:", isolation_level=None)
    stored.index.backup(index)
    index.execute("INSERT INTO words (words) VALUES ('integrity-check')")
    stretches = index.execute("SELECT * FROM stretches ORDER BY no").fetchall()
    rank = {row[0]: place for place, row in enumerate(stretches)}
    held: dict[str, Any] = {"stretches": [row[1:] for row in stretches]}
    for table, order in BY_CLAIM.items():
        rows = index.execute(f"SELECT * FROM {table} ORDER BY {order}")
        names = [each[0] for each in rows.description]
        held[table] = [
            {
                name: rank[value]
                if name == "no"
                else marshal.loads(value)
                if name in PACKED
                else value
                for name, value in zip(names, row, strict=True)
            }
            for row in rows
        ]
    for table in OTHERS:
        rows = index.execute(f"SELECT * FROM {table}")
        dropped = [n for n, each in enumerate(rows.description) if each[0] == "body"]
        held[table] = sorted(
            (tuple(value for n, value in enumerate(row) if n not in dropped) for row in rows),
            key=repr,
        )
    held["groups"] = index.execute(
        "SELECT subject, property, conflict, hot FROM groups ORDER BY 1, 2"
    ).fetchall()
    members = 'SELECT m.no, subject, property FROM members m JOIN groups g ON g.id = m."group"'
    held["members"] = sorted((rank[no], *key) for no, *key in index.execute(members))
    facts = dict(index.execute("SELECT name, value FROM facts"))
    held["facts"] = {**facts, "left out": marshal.loads(facts["left out"])}
    held["told"] = sorted(
        (stage, repr(rank[key] if stage in OF_A_CLAIM else key), repr(_shown(body, stored)))
        for stage, key, body in index.execute("SELECT stage, key, body FROM told")
    )
    index.close()
    return held


def _shown(body: bytes, stored: Stored) -> object:
    return diagnostic_of(body, stored.show)


def held_by(opened: Callable[[], Stored]) -> object:
    """What an index holds, or why there is none."""
    try:
        stored = opened()
    except RegisterUnreadable as error:
        return error.diagnostics
    held = contents(stored)
    stored.index.close()
    return held
