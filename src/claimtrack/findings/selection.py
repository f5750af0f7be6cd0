"""Choosing claims: which of them a reader asked for. Pure; nothing chosen is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from claimtrack.diagnostic import ClaimtrackError, did_you_mean
from claimtrack.findings.flags import FLAGS
from claimtrack.frozen import frozen
from claimtrack.values.names import fold

if TYPE_CHECKING:
    from claimtrack.findings.findings import Findings
    from claimtrack.model import Claim, Register
    from claimtrack.values.interval import Interval

_FEW = 12
"""How many names are too many to list."""


class UnknownName(ClaimtrackError):
    """A filter or an argument names something that the register does not have."""

    def __init__(
        self, what: str, name: str, known: Iterable[str], shown: Sequence[str] | None = None
    ) -> None:
        """``shown`` is how the known ones are listed, where it is not by their names."""
        words = list(known)
        all_ = words if shown is None else shown
        few = f"; they are {', '.join(all_)}" if 0 < len(all_) < _FEW else ""
        super().__init__(f"no {what} is called '{name}'{did_you_mean(name, words) or few}")


class UnknownConflict(ClaimtrackError):
    """An argument names neither a conflict nor a claim."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        near = did_you_mean(name, list(known))
        super().__init__(
            f"no conflict or claim is called '{name}'{near}; claimtrack conflicts --all lists them"
        )


class LeftOut(ClaimtrackError):
    """A claim that is written, but was left out because of an error."""

    def __init__(self, claim: str) -> None:
        super().__init__(f"'{claim}' is left out because of an error; claimtrack check says why")


class AmbiguousName(ClaimtrackError):
    """A name or a part of an id that fits more than one thing."""

    def __init__(self, name: str, fitting: Iterable[str]) -> None:
        held = list(fitting)
        shown = ", ".join(held[:8]) + (", …" if len(held) > 8 else "")
        super().__init__(f"'{name}' fits {len(held)}: {shown}; write more of the one that is meant")


@frozen
class Selection:
    """What to look for. Of several words for one thing any will do; different things must all fit.

    ``words`` stand in the statement or a quote, all of them; ``reliability`` is the best letter of
    firm evidence, that or better; ``when`` is a period that the claim's date meets.
    """

    words: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    when: Interval | None = None
    reliability: str | None = None


def select(findings: Findings, selection: Selection) -> list[str]:
    """Ids of the claims that fit, in file order. Raises UnknownName, AmbiguousName."""
    register = findings.register
    tests: list[Callable[[Claim], bool]] = []
    if selection.words:
        words = [fold(word) for word in selection.words]
        tests.append(lambda claim: all(word in searched(claim) for word in words))
    if selection.flags:
        flags = {known_flag(flag) for flag in selection.flags}
        tests.append(lambda claim: not flags.isdisjoint(findings.flags(claim.id)))
    if selection.sources:
        sources = {find_id("source", source, register.sources) for source in selection.sources}
        tests.append(lambda claim: any(item.source in sources for item in claim.evidence))
    if selection.about:
        about = entities_within(register, selection.about)
        tests.append(lambda claim: not about.isdisjoint(subjects(claim)))
    if selection.by:
        by = {find_entity(register, name) for name in selection.by}
        tests.append(lambda claim: any(item.by in by for item in claim.evidence))
    if selection.kinds:
        tests.append(lambda claim: claim.kind in selection.kinds)
    if selection.tags:
        tags = {fold(tag) for tag in selection.tags}
        tests.append(lambda claim: not tags.isdisjoint(map(fold, claim.tags)))
    if selection.when is not None:
        period = selection.when
        tests.append(lambda claim: claim.when is not None and not claim.when.days.disjoint(period))
    if selection.reliability is not None:
        letters = "ABCDEF"[: "ABCDEF".index(selection.reliability) + 1]
        tests.append(lambda claim: (findings.supports[claim.id].grade or "-")[0] in letters)
    return [claim.id for claim in register.claims.values() if all(test(claim) for test in tests)]


def known_flag(name: str) -> str:
    """A word of contest or support. Raises UnknownName."""
    if name not in FLAGS:
        raise UnknownName("flag", name, FLAGS)
    return name


def searched(claim: Claim) -> str:
    """What words are looked for in: its id, statement and quotes, folded."""
    quotes = (item.quote for item in claim.evidence if item.quote)
    return fold("\n".join([claim.id, claim.statement, *quotes]))


def subjects(claim: Claim) -> set[str]:
    """The entities that a claim is about: the subjects of its assertions and those it lists."""
    return {assertion.subject for assertion in claim.asserts}.union(claim.about)


def names_in_use(register: Register) -> dict[str, set[str]]:
    """Every name that an entity goes by, folded, with the entities it may mean.

    Undeclared entities go by their folded text.
    """
    named: dict[str, set[str]] = {}
    for entity in register.entities.values():
        names = [entity.id, *(alias.name for alias in entity.aliases)]
        for name in [*names, entity.name] if entity.name else names:
            named.setdefault(fold(name), set()).add(entity.id)
    for claim in register.claims.values():
        heard = [name for item in claim.evidence for name in (item.by, *item.via)]
        for key in (*subjects(claim), *heard):
            if key is not None and key not in register.entities:
                named.setdefault(key, set()).add(key)
    return named


def find_entity(register: Register, name: str) -> str:
    """The one entity that goes by the name. Raises UnknownName, AmbiguousName."""
    if name in register.entities:
        return name
    named = names_in_use(register)
    found = named.get(fold(name), set())
    if not found:
        raise UnknownName("entity", name, named)
    if len(found) > 1:
        raise AmbiguousName(name, sorted(found))
    return found.pop()


def entities_within(register: Register, names: Iterable[str]) -> set[str]:
    """The entities named and all that is part of them."""
    within = {find_entity(register, name) for name in names}
    children: dict[str, list[str]] = {}
    for entity in register.entities.values():
        if entity.part_of is not None:
            children.setdefault(entity.part_of, []).append(entity.id)
    pending = list(within)
    while pending:
        for child in children.get(pending.pop(), ()):
            if child not in within:
                within.add(child)
                pending.append(child)
    return within


def find_claim(register: Register, part: str) -> str:
    """The claim's id, or the only one that the part fits.

    Raises LeftOut, UnknownName, AmbiguousName.
    """
    if part in register.claims_left_out:
        raise LeftOut(part)
    return find_id("claim", part, register.claims)


def find_id(what: str, part: str, known: Iterable[str]) -> str:
    """The id, or the only one that the part fits. Raises UnknownName, AmbiguousName."""
    ids = list(known)
    if part in ids:
        return part
    fitting = [each for each in ids if part and part in each]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise AmbiguousName(part, fitting)
    raise UnknownName(what, part, ids)
