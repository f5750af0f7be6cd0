"""The rows of the table: what is timed, against which yardstick, and what is aimed at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Protocol

from contenders import (
    bare_python,
    bean_check,
    claimtrack,
    edited_check,
    first_check,
    hello_world,
    hledger_register,
    version_of,
    yaml_load,
)
from measuring import Contender, Medians
from registers import Shape
from workshop import Workshop

Measured = Mapping[str, Medians]
Note = Callable[[Measured], str]
ASKED = ("list", "show", "conflicts", "about")
"""The commands that are asked about a register of which nothing changed."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was measured, as text and as a ratio, and what the ratio should be at most."""

    medians: str
    ratio: float
    aim: float


class Comparison(Protocol):
    """A way to judge what was measured."""

    def judge(self, measured: Measured) -> Judgement:
        """The judgement."""


@dataclass(frozen=True, slots=True)
class Time:
    """The seconds of one contender, as a multiple of those of another."""

    of: str
    yardstick: str
    aim: float
    share: float = 1.0
    """What part of the first one's work the yardstick did."""

    def judge(self, measured: Measured) -> Judgement:
        """One contender's time for as much work against the other's."""
        mine, other = measured[self.of].seconds, measured[self.yardstick].seconds
        return Judgement(
            f"{seconds_words(mine)} / {seconds_words(other)}", mine * self.share / other, self.aim
        )


@dataclass(frozen=True, slots=True)
class Memory:
    """The peak memory of one contender, as a multiple of that of another."""

    of: str
    yardstick: str
    aim: float

    def judge(self, measured: Measured) -> Judgement:
        """One contender's peak against the other's."""
        mine, other = measured[self.of].peak, measured[self.yardstick].peak
        return Judgement(f"{_memory_words(mine)} / {_memory_words(other)}", mine / other, self.aim)


@dataclass(frozen=True, slots=True)
class Bound:
    """The peak memory of a contender, in gigabytes."""

    of: str
    aim: float

    def judge(self, measured: Measured) -> Judgement:
        """A contender's peak."""
        peak = measured[self.of].peak
        return Judgement(_memory_words(peak), peak / 1e9, self.aim)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its words, its contenders (made when they are needed) and how they are compared."""

    key: str
    what: str
    yardstick: str
    aims: str
    contenders: Callable[[Workshop], dict[str, Contender]]
    comparisons: tuple[Comparison, ...]
    share: int = 1
    """By how much fewer rounds are enough, as each takes so much longer."""
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many claims there are in the register, and in the large one, and in how many files."""

    claims: int
    large: int
    files: int


def rows_of(sizes: Sizes) -> list[Row]:
    """All rows, in the order of the table."""
    return [*_start_rows(sizes), *_reading_rows(sizes), *_ledger_rows(sizes)]


LARGE = ("large", "files")
"""The rows about the large register."""


def _start_rows(sizes: Sizes) -> list[Row]:
    size = f"{sizes.claims:,} claims"
    return [
        Row(
            "list",
            f"`list --limit 50`, nothing changed, {size}, piped",
            "a hello-world Typer program of the same version; bare `python -c pass`",
            "at most 1.25 times; 6.5 times",
            lambda shop: {
                **_asking(shop, sizes.claims, "list"),
                "hello": hello_world(shop),
                "bare": bare_python(),
            },
            (Time("list", "hello", 1.25), Time("list", "bare", 6.5)),
        ),
        Row(
            "show",
            "`show ID`, `conflicts --limit 20`, `conflicts --about E`, likewise",
            "the hello-world",
            "at most 1.4 times",
            lambda shop: {
                **_asking(shop, sizes.claims, "show", "conflicts", "about"),
                "hello": hello_world(shop),
            },
            tuple(Time(name, "hello", 1.4) for name in ASKED[1:]),
        ),
        Row(
            "large",
            f"the same on {sizes.large:,} claims (`list`, `show`, `conflicts`, `--about`)",
            f"themselves on {sizes.claims:,}",
            "at most 1.3 times",
            lambda shop: {
                name: contender
                for command in ASKED
                for size, of in ((sizes.claims, "of few"), (sizes.large, "of many"))
                for name, contender in _asking(shop, size, command, of=f" {of}").items()
            },
            tuple(Time(f"{name} of many", f"{name} of few", 1.3) for name in ASKED),
        ),
    ]


def _asking(shop: Workshop, claims: int, *names: str, of: str = "") -> dict[str, Contender]:
    """The commands of these names, about what stands in the middle of a register."""
    words = {
        "list": ("list", "--limit", "50"),
        "show": ("show", _middle(claims)),
        "conflicts": ("conflicts", "--limit", "20"),
        "about": ("conflicts", "--about", f"entity-{Shape(claims).contested}"),
    }
    return {f"{name}{of}": claimtrack(shop, shop.register(claims), *words[name]) for name in names}


def _middle(claims: int) -> str:
    return f"claim-{claims // 2}"


def _reading_rows(sizes: Sizes) -> list[Row]:
    size = f"{sizes.claims:,} claims"
    return [
        Row(
            "first",
            f"first `check`, {size}, one file",
            "`yaml.load` with `CSafeLoader` of that file, collector on",
            "at most 0.35 times its time, 0.2 of its peak memory",
            lambda shop: {
                "check": first_check(shop, shop.register(sizes.claims)),
                "load": yaml_load(shop, shop.register(sizes.claims)),
            },
            (Time("check", "load", 0.35), Memory("check", "load", 0.2)),
            share=3,
            note=lambda measured: _load_alone("first `check`", measured),
        ),
        Row(
            "edited",
            "`check` after one claim was edited in it",
            "the same `yaml.load`",
            "at most 0.03 times",
            lambda shop: {
                "check": edited_check(shop, shop.register(sizes.claims), _middle(sizes.claims)),
                "load": yaml_load(shop, shop.register(sizes.claims)),
            },
            (Time("check", "load", 0.03),),
            share=3,
            note=lambda measured: _load_alone("`check` after an edit", measured),
        ),
        Row(
            "files",
            f"first `check`, {sizes.large:,} claims in {sizes.files:,} files",
            f"{size}, per claim",
            "at most 1.25 times; peak memory at most 1 GB",
            lambda shop: {
                "few": first_check(shop, shop.register(sizes.claims)),
                "many": first_check(shop, shop.register(sizes.large, sizes.files)),
            },
            (Time("many", "few", 1.25, sizes.claims / sizes.large), Bound("many", 1)),
            share=9,
        ),
    ]


def _load_alone(what: str, measured: Measured) -> str:
    """How it stands against the load without the start and the end of the load's process."""
    check, load = measured["check"].seconds, measured["load"]
    alone = median(map(float, load.outputs))
    return (
        f"{what}: whole process against whole process; the call of `yaml.load` alone took "
        f"{seconds_words(alone)} of its process's {seconds_words(load.seconds)}, and against that "
        f"the ratio is {ratio_words(check / alone)}."
    )


def _ledger_rows(sizes: Sizes) -> list[Row]:
    def bean_contenders(shop: Workshop) -> dict[str, Contender]:
        register, ledger = shop.register(sizes.claims), shop.ledger(sizes.claims, "beancount")
        return {
            "first": first_check(shop, register),
            "second": claimtrack(shop, register, "check"),
            "first bean": bean_check(ledger, first=True),
            "second bean": bean_check(ledger, first=False),
        }

    filtered = ("list", "--flag", "disputed", "--limit", "50")
    return [
        Row(
            "beancount",
            f"first and second `check`, {sizes.claims:,} claims",
            f"`bean-check` (beancount 3) on {sizes.claims:,} transactions, first and second run",
            "faster in both",
            bean_contenders,
            (Time("first", "first bean", 1), Time("second", "second bean", 1)),
            share=3,
            note=lambda _: f"`bean-check`: {version_of('bean-check')}.",
        ),
        Row(
            "hledger",
            f"`list` with a filter (`{' '.join(filtered[1:])}`), nothing changed",
            f"`hledger register ACCOUNT` on {sizes.claims:,} transactions, where it is installed",
            "at least 5 times faster (0.2 times)",
            lambda shop: {
                "list": claimtrack(shop, shop.register(sizes.claims), *filtered),
                "hledger": hledger_register(shop.ledger(sizes.claims, "journal")),
            },
            (Time("list", "hledger", 0.2),),
            note=lambda _: f"`hledger`: {version_of('hledger')}.",
        ),
    ]


def seconds_words(seconds: float) -> str:
    """A time, to three digits or so."""
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"


def ratio_words(ratio: float) -> str:
    """A ratio, to two digits at least."""
    return f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.3f}"


def _memory_words(peak: float) -> str:
    return f"{peak / 1e6:,.0f} MB"
