"""Sources that were captured again, and the quotes that the later capture no longer has. Pure.

A page changes after it was quoted. Its first capture stays, with what was quoted from it; a later
one is a source derived from the first, and so no origin of its own.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from claimtrack.diagnostic import Diagnostic, Related
from claimtrack.findings.audits import Audits
from claimtrack.frozen import frozen
from claimtrack.model import Evidence, Register, Source
from claimtrack.quotes.audit import Audit, AuditResult
from claimtrack.quotes.auditing import audit_quote
from claimtrack.quotes.text import SourceText
from claimtrack.values.interval import End

_NOT_THERE = frozenset({AuditResult.ALTERED, AuditResult.MISSING, AuditResult.UNCHECKED})


@frozen
class ChangedQuote:
    """A quote that a capture has and a later one has not, and what the later one has instead."""

    claim: str
    evidence: Evidence
    now: Audit


def numbered(file: str, number: int) -> str:
    """The name of a later capture's file: ``news.html`` is followed by ``news.2.html``."""
    path = PurePosixPath(file)
    return str(path.with_name(f"{path.stem}.{number}{path.suffix}"))


# ------------------------------------------------------------------------- which captures are one


def captures(sources: Mapping[str, Source]) -> dict[str, list[str]]:
    """Sources that were captured more than once: by the first capture's id, all, the latest last.

    A later one is known by what it is derived from first, and by the same url, or by a file with
    the first one's name and a number. Which is the latest, the days of retrieval say, or else the
    order of the file.
    """
    firsts = _firsts(sources)
    held: dict[str, list[str]] = {}
    for key in sources:
        if firsts[key] != key:
            held.setdefault(firsts[key], [firsts[key]]).append(key)
    for first, keys in held.items():
        keys[1:] = sorted(keys[1:], key=lambda key: _retrieved(sources[key]))
        held[first] = keys
    return held


def later_captures(sources: Mapping[str, Source]) -> dict[str, str]:
    """For each source that was captured again, the latest capture."""
    return {key: keys[-1] for keys in captures(sources).values() for key in keys[:-1]}


def _firsts(sources: Mapping[str, Source]) -> dict[str, str]:
    """The first capture of each source: itself, where it is no later one."""
    firsts: dict[str, str] = {}
    for key in sources:
        way, first = {key: None}, key
        while first not in firsts:
            before = _captured_before(sources[first], sources)
            if before is None or before in way:
                break
            way[before], first = None, before
        firsts.update(dict.fromkeys(way, firsts.get(first, first)))
    return firsts


def _captured_before(source: Source, sources: Mapping[str, Source]) -> str | None:
    """The source that this one is a later capture of, if it is one."""
    before = sources.get(source.derived_from[0]) if source.derived_from else None
    if before is None or not (_of_one_url(source, before) or _has_its_name(source, before)):
        return None
    return before.id


def _of_one_url(source: Source, before: Source) -> bool:
    return source.url is not None and source.url == before.url


def _has_its_name(source: Source, before: Source) -> bool:
    """Whether the file has the other's name and a number, or both have those of one first file."""
    if source.file is None or before.file is None:
        return False
    first = _without_number(source.file)
    return first is not None and first in (_stem(before.file), _without_number(before.file))


def _stem(file: str) -> str:
    """A file's name without its suffix: a page may be a PDF the next time."""
    return str(PurePosixPath(file).with_suffix(""))


def _without_number(file: str) -> str | None:
    """The name of the first capture's file without its suffix, if this one has a number."""
    found = re.fullmatch(r"(.*[^./])\.[1-9][0-9]*", _stem(file), re.ASCII | re.DOTALL)
    return found and found[1]


def _retrieved(source: Source) -> End:
    return -math.inf if source.retrieved is None else source.retrieved.days.low


# ------------------------------------------------------------------------------- what has changed


def changed_quotes(
    register: Register, source: str, before: SourceText, after: SourceText
) -> list[ChangedQuote]:
    """The quotes of a source that one text of it has, and the other has no longer, in file order.

    Wherever it stands: a quote on another line has not changed.
    """
    return [
        ChangedQuote(claim, item, now)
        for claim, _, item in _quoting(register, {source})
        if audit_quote(item.quote or "", item.line, before).result not in _NOT_THERE
        and (now := audit_quote(item.quote or "", None, after)).result.is_error
    ]


def check_later_captures(
    register: Register, audits: Audits, text_of: Callable[[str], SourceText | None]
) -> Iterator[Diagnostic]:
    """CT720: a quote that its source has, or is attested to have, and its latest capture has not.

    ``text_of`` gives the text of a source that is held; nothing is said of one that is not.
    """
    later = later_captures(register.sources)
    texts = {key: text_of(key) for key in dict.fromkeys(later.values())}
    for claim, index, item in _quoting(register, later.keys()):
        text, audit = texts[later[item.source]], audits.of(claim, index)
        if text is None or audit is None or audit.result in _NOT_THERE:
            continue
        now = audit_quote(item.quote or "", None, text)
        if now.result.is_error:
            yield _changed(ChangedQuote(claim, item, now), register.sources[later[item.source]])


def _quoting(register: Register, sources: Iterable[str]) -> Iterator[tuple[str, int, Evidence]]:
    """The items with a quote from any of the sources, with their claim and place in it."""
    wanted = frozenset(sources)
    for claim in register.claims.values() if wanted else ():
        for index, item in enumerate(claim.evidence):
            if item.source in wanted and item.quote is not None:
                yield claim.id, index, item


def _changed(quote: ChangedQuote, later: Source) -> Diagnostic:
    item, near = quote.evidence, quote.now.near
    instead = f"; line {near.line} there is nearest to it" if near is not None else ""
    message = f"'{later.id}', a later capture of '{item.source}', no longer has this quote{instead}"
    captured = Related(later.place, f"'{later.id}' was captured later")
    return Diagnostic("CT720", message, item.place, quote.claim, (captured,))
