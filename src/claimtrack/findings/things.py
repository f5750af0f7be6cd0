"""Finding the source, claim or entity that a reader means. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from claimtrack.diagnostic import ClaimtrackError
from claimtrack.findings.falling import KINDS, Thing, ThingKind
from claimtrack.findings.selection import AmbiguousName, LeftOut, UnknownName, names_in_use
from claimtrack.model import Register
from claimtrack.values.names import fold


class AmbiguousThing(ClaimtrackError):
    """An id that things of several kinds have, or a part of an id that fits several things."""

    def __init__(self, name: str, fitting: Sequence[Thing]) -> None:
        if len({thing.id for thing in fitting}) == 1:
            are = " and ".join(_A_KIND[thing.kind] for thing in fitting)
            options = " or ".join(f"--kind {thing.kind}" for thing in fitting)
            super().__init__(f"'{name}' is the id of {are}; say which with {options}")
            return
        shown = ", ".join(f"{thing.kind} {thing.id}" for thing in fitting[:8])
        more = ", …" if len(fitting) > 8 else ""
        super().__init__(
            f"'{name}' fits {len(fitting)}: {shown}{more}; write more of the one that is meant, "
            "or say with --kind what it is"
        )


_A_KIND: Mapping[ThingKind, str] = {
    "claim": "a claim",
    "source": "a source",
    "entity": "an entity",
}


def find_thing(register: Register, name: str, kind: ThingKind | None = None) -> Thing:
    """The one thing of that kind, or of any, that the name means.

    Its own id comes first, then an entity's names, then a part of one id alone. Entities that are
    nowhere declared go by their folded text. Raises UnknownName, AmbiguousName, AmbiguousThing,
    LeftOut.
    """
    kinds = KINDS if kind is None else (kind,)
    named = names_in_use(register) if "entity" in kinds else {}
    ids: dict[ThingKind, Collection[str]] = {
        "claim": register.claims,
        "source": register.sources,
        "entity": dict.fromkeys(
            [*register.entities, *(k for keys in named.values() for k in keys)]
        ),
    }
    exact = [Thing(each, name) for each in kinds if name in ids[each]]
    if exact:
        return _only(name, exact)
    meant = named.get(fold(name), set())
    if len(meant) > 1:
        raise AmbiguousName(name, sorted(meant))
    if meant:
        return Thing("entity", *meant)
    if "claim" in kinds and name in register.claims_left_out:
        raise LeftOut(name)
    fitting = [Thing(k, each) for k in kinds for each in ids[k] if name and name in each]
    if fitting:
        return _only(name, fitting)
    known = [*named, *(each for k in kinds for each in ids[k])]
    things = [f"{k} {each}" for k in kinds for each in ids[k]]
    raise UnknownName(kind or "claim, source or entity", name, known, things)


def _only(name: str, fitting: Sequence[Thing]) -> Thing:
    if len(fitting) > 1:
        raise AmbiguousThing(name, fitting)
    return fitting[0]
