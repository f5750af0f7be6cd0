"""What is wrong with quotes: those that their sources lack, and attestations that do not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from claimtrack.diagnostic import Diagnostic, Place, Related
from claimtrack.findings.audits import Audits, Disagreement, Quoted
from claimtrack.quotes.audit import Audit, AuditResult, Near, WordChange

_SHOWN = 3
_WORDS = 12
"""Words that differ, or stand unchanged between differences, of which no more are told."""
_SAVED = 4
"""Unless leaving words out saves fewer than these."""


def check_quotes(audits: Audits, file_of: Callable[[str], str]) -> list[Diagnostic]:
    """A diagnostic for each quote that is not where the register says.

    ``file_of`` gives a source's file as seen from the register's folder.
    """
    return [
        _TOLD[audit.result](quoted, audit, file_of(quoted.evidence.source))
        for quoted, audit in audits
        if audit.result in _TOLD
    ]


def check_attested(disagreements: Iterable[Disagreement]) -> list[Diagnostic]:
    """A diagnostic for each attestation that a held source contradicts."""
    return [_disagreement(each) for each in disagreements]


def _altered(quoted: Quoted, audit: Audit, file: str) -> Diagnostic:
    near = audit.near
    told = "" if near is None else f": {difference_words(near.difference)}"
    message = f"'{quoted.evidence.source}' has this quote in other words{told}"
    related = () if near is None else _nearest(near, file)
    return Diagnostic("CT603", message, _place(quoted), quoted.claim, related)


def _missing(quoted: Quoted, audit: Audit, file: str) -> Diagnostic:
    message = (
        f"'{quoted.evidence.source}' does not have this quote; quote what it says, or name "
        "the source that says this"
    )
    related = () if audit.near is None else _nearest(audit.near, file)
    return Diagnostic("CT604", message, _place(quoted), quoted.claim, related)


def _nearest(near: Near, file: str) -> tuple[Related, ...]:
    words = " ".join(each.source for each in near.difference if each.source)
    return (Related(Place(file, near.line, near.column), f"nearest to it: “{_cut(words)}”"),)


def _moved(quoted: Quoted, audit: Audit, _: str) -> Diagnostic:
    lines = [passage.line for passage in audit.found]
    mend = (
        f"claimtrack anchor {quoted.claim} shows what it would write"
        if len(lines) == 1
        else "say with line: which is meant, or quote more of it"
    )
    message = (
        f"'{quoted.evidence.source}' has this quote on {_lines(lines)}, not on line "
        f"{quoted.evidence.line}; {mend}"
    )
    return Diagnostic("CT709", message, _place(quoted), quoted.claim)


def _ambiguous(quoted: Quoted, audit: Audit, _: str) -> Diagnostic:
    lines = [passage.line for passage in audit.found]
    message = (
        f"'{quoted.evidence.source}' has this quote on {_lines(lines)}; say with line: which is "
        "meant, or quote more of it"
    )
    return Diagnostic("CT710", message, _place(quoted), quoted.claim)


_TOLD = {
    AuditResult.ALTERED: _altered,
    AuditResult.MISSING: _missing,
    AuditResult.MOVED: _moved,
    AuditResult.AMBIGUOUS: _ambiguous,
}
"""What is told of a quote, by the results of which anything is."""


def _lines(lines: Iterable[int]) -> str:
    distinct = sorted(set(lines))
    more = f" and {len(distinct) - _SHOWN:,} more" if len(distinct) > _SHOWN else ""
    shown = ", ".join(map(str, distinct[:_SHOWN]))
    return f"line {shown}{more}" if len(distinct) == 1 else f"lines {shown}{more}"


def _disagreement(each: Disagreement) -> Diagnostic:
    attested, quoted, found = each.attestation, each.quoted, each.found
    stands = {
        AuditResult.MOVED: f"which has it on {_lines(p.line for p in found.found)}",
        AuditResult.EXACT: "which has it exactly",
        AuditResult.NORMALISED: "which has it, but not exactly",
    }.get(found.result, "which does not have it")
    message = (
        f"attested as {attested.result} on line {attested.line} of '{quoted.evidence.source}', "
        f"{stands}; claimtrack attest {quoted.evidence.source} writes what is true of it"
    )
    related = (Related(_place(quoted), "the quote"),)
    return Diagnostic("CT605", message, attested.place, quoted.claim, related)


def _place(quoted: Quoted) -> Place:
    return quoted.evidence.quote_place or quoted.evidence.place


def difference_words(changes: Iterable[WordChange]) -> str:
    """``… near the [-Tajik-] {+Kazakh+} city …``: what the quote has in -, the source in +."""
    told = []
    for each in changes:
        if each.same:
            told.append(_cut(each.quote))
            continue
        told += [f"[-{_cut(each.quote)}-]"] if each.quote else []
        told += [f"{{+{_cut(each.source)}+}}"] if each.source else []
    return " ".join(told)


def _cut(text: str) -> str:
    words = text.split()
    half = _WORDS // 2
    return text if len(words) < _WORDS + _SAVED else " ".join([*words[:half], "…", *words[-half:]])
