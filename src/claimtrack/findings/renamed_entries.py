"""Finding the entries that a later state of a register calls otherwise. Pure.

One is renamed if it is gone, and there is a new one that says the same, ids aside. Definitions are
often alike, so it has to be told by more: what named the old one names the new one, or it says
what no other would, as a name or a file does. Of entities that share a name, and sources that share
a file, the references alone tell, though something else in them is another too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence

from claimtrack.findings.entry_changes import Keys, catalogue_keys, is_known
from claimtrack.findings.later_terms import LaterTerms
from claimtrack.findings.renames import Renames
from claimtrack.findings.selection import names_in_use
from claimtrack.fingerprint import canonical_json
from claimtrack.frozen import frozen, replace
from claimtrack.model import CATALOGUE_KINDS, CatalogueKind, Claim, Register
from claimtrack.values.names import fold


def find_renames(before: Register, after: Register) -> Renames:
    """All entries that are called otherwise. Costs no more than the states are large."""
    found = _of_catalogue(before, after)
    return replace(found, claims=_of_claims(before, found, after))


def _of_claims(before: Register, found: Renames, after: Register) -> dict[str, str]:
    """A claim is the same if its fingerprint is; several alike are taken in file order."""
    free: dict[str, list[str]] = {}
    for claim in reversed(list(after.claims.values())):
        if is_unknown(claim.id, before):
            free.setdefault(claim.fingerprint, []).append(claim.id)
    gone = [claim for claim in before.claims.values() if is_unknown(claim.id, after)]
    if not free or not gone:
        return {}
    terms = LaterTerms(before, found, after)
    marks = {claim.id: terms.claim(claim).fingerprint for claim in gone}
    return {key: free[mark].pop() for key, mark in marks.items() if free.get(mark)}


def is_unknown(claim: str, register: Register) -> bool:
    """Whether no claim is written under that id, be it sound or not."""
    return claim not in register.claims and claim not in register.claims_left_out


# --------------------------------------------------------------------------------- the catalogue

Use = tuple[str, ...]
"""A place where something is named: the one that names it, and where in it."""


@frozen
class _Side:
    """The entries of one kind that are in one state alone, with what they say and who names them.

    In what they say, all that is itself in one state alone counts as alike.
    """

    said: Mapping[str, Keys]
    uses: Mapping[str, Collection[Use]]


def _of_catalogue(before: Register, after: Register) -> Renames:
    gone = {kind: _apart(kind, before, after) for kind in CATALOGUE_KINDS}
    new = {kind: _apart(kind, after, before) for kind in CATALOGUE_KINDS}
    if new["entity"] and gone["entity"]:
        new["entity"] = _unmeant(new["entity"], before, gone["entity"])
    if not any(gone[kind] and new[kind] for kind in CATALOGUE_KINDS):
        return Renames()
    then, now = _sides(before, gone), _sides(after, new)
    paired = {kind: _paired(kind, then[kind], now[kind]) for kind in CATALOGUE_KINDS}
    return Renames(paired["source"], paired["entity"], paired["property"])


def _apart(kind: CatalogueKind, register: Register, other: Register) -> list[str]:
    held = catalogue_keys(kind, register)
    return [key for key in held if not is_known(kind, key, other)]


def _unmeant(new: Iterable[str], before: Register, gone: Collection[str]) -> list[str]:
    """Those whose ids meant nothing else before, as a name or undeclared."""
    names = names_in_use(before)
    values = {each.entity for claim in before.claims.values() for each in claim.asserts}
    return [key for key in new if key not in values and names.get(key, set()).issubset(gone)]


def _sides(
    register: Register, apart: Mapping[CatalogueKind, Collection[str]]
) -> dict[CatalogueKind, _Side]:
    wanted = {kind: frozenset(ids) for kind, ids in apart.items()}
    uses: dict[CatalogueKind, dict[str, dict[Use, None]]] = {kind: {} for kind in CATALOGUE_KINDS}
    for kind, key, use in _references(register):
        if key in wanted[kind]:
            uses[kind].setdefault(key, {})[use] = None
    return {kind: _Side(_said(kind, register, wanted), uses[kind]) for kind in CATALOGUE_KINDS}


def _said(
    kind: CatalogueKind, register: Register, apart: Mapping[CatalogueKind, Collection[str]]
) -> dict[str, Keys]:
    held = catalogue_keys(kind, register).items()
    return {key: _blurred(said, apart) for key, said in held if key in apart[kind]}


def _references(register: Register) -> Iterator[tuple[CatalogueKind, str, Use]]:
    """Whatever names a source, an entity or a property, and where."""
    for entity in register.entities.values():
        if entity.part_of is not None:
            yield "entity", entity.part_of, ("entity", entity.id)
    for source in register.sources.values():
        for number, other in enumerate(source.derived_from):
            yield "source", other, ("source", source.id, str(number))
    for claim in register.claims.values():
        for kind, key, role in _named_by(claim):
            # A claim may have been renamed too: then its statement tells which it was.
            yield kind, key, ("claim", claim.id, role)
            yield kind, key, ("statement", claim.statement, role)


def _named_by(claim: Claim) -> Iterator[tuple[CatalogueKind, str, str]]:
    for number, assertion in enumerate(claim.asserts):
        yield "entity", assertion.subject, f"subject {number}"
        yield "property", assertion.property, f"property {number}"
        if assertion.entity is not None:
            yield "entity", assertion.entity, f"value {number}"
    for number, item in enumerate(claim.evidence):
        yield "source", item.source, f"source {number}"
        if item.by is not None:
            yield "entity", item.by, f"by {number}"
        for step, speaker in enumerate(item.via):
            yield "entity", speaker, f"via {number} {step}"
    for number, other in enumerate(claim.about):
        yield "entity", other, f"about {number}"


def _blurred(said: Keys, apart: Mapping[CatalogueKind, Collection[str]]) -> Keys:
    """What an entry says, without the ids that are in one state alone."""
    blurred = dict(said)
    for key in ("part_of", "publisher", "author"):
        name = said.get(key)
        if isinstance(name, str) and fold(name) in apart["entity"]:
            blurred[key] = ""
    others = said.get("derived_from")
    if isinstance(others, list):
        blurred["derived_from"] = ["" if other in apart["source"] else other for other in others]
    return blurred


_NAMING: Mapping[CatalogueKind, Sequence[str]] = {
    "source": ("sha256", "file", "url", "title"),
    "entity": ("name",),
    "property": (),
}
"""What tells one entry from all others of its kind."""


def _paired(kind: CatalogueKind, gone: _Side, new: _Side) -> dict[str, str]:
    """What the entries of one kind that are gone are called now, as far as they are there."""
    found: dict[str, str] = {}
    for group in _alike(gone.said, new.said, canonical_json):
        found |= _followed(group, gone, new)
    for group in _alike(*_without(gone, new, found), canonical_json):
        found |= _left_over(kind, group, gone, new)
    for group in _alike(*_without(gone, new, found), lambda said: _named(kind, said)):
        found |= _followed(group, gone, new)
    return found


def _without(
    gone: _Side, new: _Side, found: Mapping[str, str]
) -> tuple[Mapping[str, Keys], Mapping[str, Keys]]:
    """What the entries say of which nothing is found yet."""
    taken = frozenset(found.values())
    return (
        {key: said for key, said in gone.said.items() if key not in found},
        {key: said for key, said in new.said.items() if key not in taken},
    )


def _named(kind: CatalogueKind, said: Keys) -> Hashable:
    """The first thing that tells an entry from all others, if it says such a thing."""
    return next(((key, said[key]) for key in _NAMING[kind] if said.get(key)), None)


@frozen
class _Group:
    """Entries that say the same, in file order: those that are gone, and those that are new."""

    gone: list[str]
    new: list[str]


def _alike(
    gone: Mapping[str, Keys], new: Mapping[str, Keys], likeness: Callable[[Keys], Hashable]
) -> list[_Group]:
    groups: dict[Hashable, _Group] = {}
    for key, said in gone.items():
        groups.setdefault(likeness(said), _Group([], [])).gone.append(key)
    for key, said in new.items():
        groups.setdefault(likeness(said), _Group([], [])).new.append(key)
    groups.pop(None, None)
    return [group for group in groups.values() if group.gone and group.new]


def _followed(group: _Group, gone: _Side, new: _Side) -> dict[str, str]:
    """Those whose references name a new entry now, which most of them name."""
    naming: dict[Use, str] = {}
    for key in group.new:
        for use in new.uses.get(key, ()):
            naming.setdefault(use, key)
    shared = Counter(
        (old, naming[use]) for old in group.gone for use in gone.uses.get(old, ()) if use in naming
    )
    return _first_come(pair for pair, _ in shared.most_common())


def _left_over(kind: CatalogueKind, group: _Group, gone: _Side, new: _Side) -> dict[str, str]:
    """Those that nothing names, before or after, or that say what no other entry would."""
    is_telling = _named(kind, gone.said[group.gone[0]]) is not None
    olds = [key for key in group.gone if is_telling or not gone.uses.get(key)]
    news = [key for key in group.new if is_telling or not new.uses.get(key)]
    return dict(zip(olds, news, strict=False))


def _first_come(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    taken = set()
    for old, new in pairs:
        if old not in found and new not in taken:
            found[old] = new
            taken.add(new)
    return found
