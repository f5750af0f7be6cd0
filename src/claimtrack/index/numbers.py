"""The numbers of a whole register, counted in its index."""

from __future__ import annotations

import marshal
from collections import Counter
from typing import NamedTuple

from claimtrack.diagnostic import Severity
from claimtrack.findings.flags import CONTEST_WORDS, SUPPORT_WORDS
from claimtrack.index import evidence
from claimtrack.index.conflicts import HARD, OPEN, all_conflicts
from claimtrack.index.names import Mention
from claimtrack.index.rows import flag_bits
from claimtrack.index.stored import Stored
from claimtrack.quotes.audit import AuditResult

Numbers = dict[str, dict[str, int]]


def stats(stored: Stored) -> Numbers:
    """Counts of claims, evidence and conflicts, each by one thing; quotes aside."""
    states = _counted(stored, "SELECT state, count(*) FROM conflicts GROUP BY state")
    soft = _counted(stored, "SELECT soft, count(*) FROM conflicts GROUP BY soft")
    return {
        "register": {
            "claims": stored.fact("claims"),
            "evidence": stored.fact("evidence"),
            "sources": len(stored.sources),
            "entities": len(stored.entities),
            "properties": len(stored.properties),
            "assertions": _number(stored, "SELECT total(assertions) FROM claims"),
            "reviews": stored.fact("reviews"),
        },
        "contest": {each: _flagged(stored, each) for each in CONTEST_WORDS},
        "support": {each: _flagged(stored, each) for each in SUPPORT_WORDS},
        "conflicts": {
            "hard": soft[0],
            "tension": soft[1],
            "open": states["open"],
            "reviewed": states["reviewed"],
            "stale": states["stale"],
            "same source": _number(stored, "SELECT total(same_source) FROM conflicts"),
        },
        "kind": _most_first(
            _counted(stored, "SELECT coalesce(kind, 'none'), count(*) FROM claims GROUP BY 1")
        ),
        "stance": _most_first(_stances(stored)),
        "verdict": _most_first(_ratings(stored)),
        "source": _most_first(
            _counted(
                stored,
                f"SELECT key, count(*) FROM mentions WHERE kind = {Mention.SOURCE:d} GROUP BY key",
            )
        ),
    }


def _number(stored: Stored, question: str) -> int:
    return int(stored.index.execute(question).fetchone()[0])


def _counted(stored: Stored, question: str) -> Counter[str | int]:
    return Counter(dict(stored.index.execute(question).fetchall()))


def _flagged(stored: Stored, flag: str) -> int:
    return _number(stored, f"SELECT count(*) FROM claims WHERE flags & {flag_bits([flag])}")


def _most_first(counted: Counter[str | int]) -> dict[str, int]:
    words = ((str(word), number) for word, number in counted.items())
    return dict(sorted(words, key=lambda pair: (-pair[1], pair[0])))


def _stances(stored: Stored) -> Counter[str | int]:
    counted: Counter[str | int] = Counter()
    question = "SELECT stances, count(*) FROM claims WHERE stances <> '' GROUP BY stances"
    for stances, claims in stored.index.execute(question):
        for stance in stances.split(","):
            counted[stance] += claims
    return counted


def _ratings(stored: Stored) -> Counter[str | int]:
    details = stored.index.execute("SELECT details FROM claims")
    verdicts = (marshal.loads(each)[1] for (each,) in details)
    return Counter(verdict[0] for verdict in verdicts if verdict)


# ---------------------------------------------------------------------------------------- overview

_FIRST = 3


class Overview(NamedTuple):
    """What a dashboard shows of a register, its sources and quotes included."""

    title: str | None
    claims: int
    sources: int
    held: int
    quotes: Counter[AuditResult]
    supports: Counter[str | int]
    echoes: int
    unsettled: int
    """How many conflicts are open."""
    hard: int
    """How many of those are hard."""
    hardest: tuple[str, ...]
    """The first of those by weight, and then by how many origins speak in them."""
    disputed: int
    first_disputed: tuple[str, ...]
    errors: int
    warnings: int


def overview(stored: Stored) -> Overview:
    """The numbers of a register whose evidence was looked at."""
    unsettled = all_conflicts(stored).also(OPEN)
    disputed = flag_bits(["disputed"])
    severities = [each.severity for each in evidence.told(stored).diagnostics]
    return Overview(
        title=stored.fact("title"),
        claims=stored.fact("claims"),
        sources=len(stored.sources),
        held=_number(stored, "SELECT total(held) FROM holdings"),
        quotes=evidence.totals(stored),
        supports=_counted(stored, "SELECT support, count(*) FROM claims GROUP BY support"),
        echoes=_number(stored, "SELECT total(echo) FROM claims"),
        unsettled=unsettled.count(),
        hard=unsettled.also(HARD).count(),
        hardest=_ids(
            stored,
            f"SELECT c.id FROM conflicts c WHERE {OPEN}"
            f" ORDER BY c.soft, -c.origins, c.id LIMIT {_FIRST}",
        ),
        disputed=_flagged(stored, "disputed"),
        first_disputed=_ids(
            stored, f"SELECT id FROM claims WHERE flags & {disputed} ORDER BY no LIMIT {_FIRST}"
        ),
        errors=severities.count(Severity.ERROR),
        warnings=severities.count(Severity.WARNING),
    )


def _ids(stored: Stored, question: str) -> tuple[str, ...]:
    return tuple(key for (key,) in stored.index.execute(question))


# ------------------------------------------------------------------------------------------ sources


def citing(stored: Stored, source: str) -> list[tuple[str, str]]:
    """The claims with evidence from a source, by id and statement, in file order."""
    question = (
        "SELECT c.id, c.statement FROM mentions m JOIN claims c ON c.no = m.no"
        f" WHERE m.kind = {Mention.SOURCE:d} AND m.key = ? ORDER BY m.no"
    )
    return stored.index.execute(question, (source,)).fetchall()


def citations(stored: Stored) -> Counter[str | int]:
    """How many claims have evidence from each source."""
    return _counted(
        stored, f"SELECT key, count(*) FROM mentions WHERE kind = {Mention.SOURCE:d} GROUP BY key"
    )


def through(stored: Stored, source: str) -> tuple[int, list[str]]:
    """How many further claims rest on a source through those that derive from it, and which do."""
    children: dict[str, list[str]] = {}
    for each in stored.sources.values():
        for above in each.derived_from:
            children.setdefault(above, []).append(each.id)
    derived: dict[str, None] = {}
    pending = [source]
    while pending:
        for child in children.get(pending.pop(), ()):
            if child not in derived:
                derived[child] = None
                pending.append(child)
    held = {key: {claim for claim, _ in citing(stored, key)} for key in derived}
    further = {claim for claims in held.values() for claim in claims}
    return (
        len(further.difference(claim for claim, _ in citing(stored, source))),
        [key for key, claims in held.items() if claims],
    )
