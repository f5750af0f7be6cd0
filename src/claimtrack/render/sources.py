"""Sources in words: what is held, how reliable it is, and what rests on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from claimtrack.findings.support import roots
from claimtrack.model import Register, Source
from claimtrack.quotes.audit import AuditResult
from claimtrack.render.captures import text_words
from claimtrack.render.documents import Json
from claimtrack.render.quotes import totals_row
from claimtrack.render.screen import Screen
from claimtrack.render.style import quiet, strong
from claimtrack.render.words import count, entity_words, listed

if TYPE_CHECKING:
    from claimtrack.reading.holdings import Holding
    from claimtrack.reading.texts.held import HeldText

_NAMED = 3
"""How many of the sources that derive from one are named."""
HEADERS = ("id", "reliability", "held", "claims", "quotes", "file")


def source_row(
    source: Source, held: bool, matches: bool | None, claims: int, quotes: Counter[AuditResult]
) -> Json:
    """A source as ``sources`` gives it; ``claims`` is how many have evidence from it."""
    return {
        "id": source.id,
        "file": source.file,
        "held": held,
        "sha256_ok": matches,
        "reliability": source.reliability,
        "claims": claims,
        "quotes": totals_row(quotes),
    }


def cells(row: Json) -> list[str]:
    """A source's cells, under HEADERS."""
    return [
        row["id"],
        row["reliability"] or "",
        held_words(row),
        str(row["claims"]),
        _quotes(row) or "none",
        row["file"] or "",
    ]


def _quotes(row: Json) -> str:
    """``2 exact, 1 unchecked``: what there is of each result."""
    return ", ".join(f"{number:,} {result}" for result, number in row["quotes"].items() if number)


def held_words(row: Json) -> str:
    """Whether the file is here and the recorded one."""
    if not row["held"]:
        return "not held"
    return {True: "held", None: "held, no digest", False: "held, differs"}[row["sha256_ok"]]


def print_sources(rows: list[Json], screen: Screen) -> None:
    """The table of sources."""
    if rows:
        screen.table(HEADERS, [[strong(cells(row)[0]), *cells(row)[1:]] for row in rows])
    else:
        screen.line("The register has no sources.")


class Resting(NamedTuple):
    """What rests on a source: claims that cite it, by id and statement; more, and through whom."""

    citing: Sequence[tuple[str, str]]
    further: int
    through: Sequence[str]


def print_source(
    source: Source,
    row: Json,
    resting: Resting,
    register: Register,
    holding: Holding,
    text: HeldText | None,
    screen: Screen,
) -> None:
    """One source with its claims; ``text`` is what its file gave, if that was read."""
    screen.line(strong(source.id), quiet(f"  {source.place.file}:{source.place.line}"))
    for label, told in _details(source, row, register, holding, text):
        if told:
            screen.line(quiet(f"{label} "), told, indent=2)
    screen.line()
    screen.line(strong("Claims"), quiet(f" {len(resting.citing)}"))
    for claim, statement in resting.citing:
        screen.line(strong(claim), "  ", statement, indent=2)
    _print_derived(source, resting, screen)


def _print_derived(source: Source, resting: Resting, screen: Screen) -> None:
    """How many further claims rest on the source through those that derive from it."""
    through, further = resting.through, resting.further
    if further:
        more = [count(len(through) - _NAMED, "other")] if len(through) > _NAMED else []
        shown = listed([*through[:_NAMED], *more])
        what = "further claim" if resting.citing else "claim"
        rest = count(further, f"{what} rests", f"{what}s rest")
        screen.line(
            f"{rest} on it through what derives from it: {shown}. "
            f"claimtrack impact {source.id} says what would change without it."
        )


def _details(
    source: Source, row: Json, register: Register, holding: Holding, text: HeldText | None
) -> list[tuple[str, str]]:
    origin = roots(register.sources, [source.id])[source.id]
    maker = register.sources[origin].maker
    root = entity_words(maker, register) if maker else origin
    return [
        ("title", source.title or ""),
        ("by", ", ".join(part for part in (source.author, source.publisher) if part)),
        ("published", source.published.text if source.published else ""),
        ("genre", source.genre or ""),
        ("language", source.language or ""),
        ("url", source.url or ""),
        ("reliability", " ".join(p for p in (source.reliability, source.basis) if p)),
        ("derived from", ", ".join(source.derived_from)),
        ("origin", root if root != source.id else ""),
        ("file", f"{source.file} ({held_words(row)})" if source.file else "none"),
        ("why refused", holding.file.why),
        ("text", "" if text is None else text_words(text, None)),
        ("quotes", _quotes(row)),
        ("note", source.note or ""),
    ]
