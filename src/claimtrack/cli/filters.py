"""The filters that commands about many claims share, and what they select."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from claimtrack.cli.usage import WrongUsage
from claimtrack.findings.selection import Selection, UnknownName

if TYPE_CHECKING:
    from claimtrack.values.interval import Interval


class Letter(StrEnum):
    """Admiralty reliability."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


TextArgument = Annotated[
    str | None,
    typer.Argument(help="Words that stand in the id, the statement or a quote, all of them."),
]
FlagOption = Annotated[
    list[str] | None,
    typer.Option("--flag", help="A word of contest or support, such as speculative."),
]
DisputedOption = Annotated[bool, typer.Option("--disputed", help="--flag disputed")]
ConflictingOption = Annotated[bool, typer.Option("--conflicting", help="--flag conflicting")]
SourceOption = Annotated[
    list[str] | None, typer.Option("--source", help="With evidence from this source.")
]
AboutOption = Annotated[
    list[str] | None,
    typer.Option("--about", help="About this entity, by any of its names, or what is part of it."),
]
ByOption = Annotated[list[str] | None, typer.Option("--by", help="With this speaker, by any name.")]
KindOption = Annotated[
    list[str] | None, typer.Option("--kind", help="Of this kind, such as event.")
]
TagOption = Annotated[list[str] | None, typer.Option("--tag", help="With this tag.")]
SinceOption = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help="That took place on or after this date."),
]
UntilOption = Annotated[
    str | None,
    typer.Option("--until", metavar="DATE", help="That took place on or before this date."),
]
ReliabilityOption = Annotated[
    Letter | None,
    typer.Option(
        "--reliability",
        metavar="A-F",
        help="With firm evidence of this reliability or better.",
        case_sensitive=False,
    ),
]


def selection_of(
    *,
    text: str | None,
    flag: Sequence[str] | None,
    disputed: bool,
    conflicting: bool,
    source: Sequence[str] | None,
    about: Sequence[str] | None,
    by: Sequence[str] | None,
    kind: Sequence[str] | None,
    tag: Sequence[str] | None,
    since: str | None,
    until: str | None,
    reliability: Letter | None,
) -> Selection:
    """What the filters select. Raises UnknownName and WrongUsage."""
    return Selection(
        words=tuple((text or "").split()),
        flags=(*(flag or ()), *["disputed"] * disputed, *["conflicting"] * conflicting),
        sources=tuple(source or ()),
        about=tuple(about or ()),
        by=tuple(by or ()),
        kinds=_known_kinds(kind or ()),
        tags=tuple(tag or ()),
        when=_period(since, until),
        reliability=reliability,
    )


def _known_kinds(kinds: Sequence[str]) -> tuple[str, ...]:
    if not kinds:
        return ()
    from claimtrack.model import Kind

    for kind in kinds:
        if kind not in get_args(Kind):
            raise UnknownName("kind of claim", kind, get_args(Kind))
    return tuple(kinds)


def _period(since: str | None, until: str | None) -> Interval | None:
    """The days from the first of ``since`` to the last of ``until``; None without either."""
    if since is None and until is None:
        return None
    from claimtrack.values.edtf import read_date
    from claimtrack.values.interval import Interval
    from claimtrack.values.refusal import Refused

    try:
        low = read_date(since).low if since else float("-inf")
        high = read_date(until).high if until else float("inf")
    except Refused as refused:
        raise WrongUsage(refused.message) from refused
    if low > high:
        raise WrongUsage(f"--since {since} comes after --until {until}")
    return Interval(low, high)
