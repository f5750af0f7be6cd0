"""Two claims that are one: what the second holds goes to the first, and so does what names it."""

from __future__ import annotations

from claimtrack.edit.draft import Draft, EntryKey
from claimtrack.edit.manuscript import Manuscript
from claimtrack.edit.meaning import Meaning, as_value, meaning
from claimtrack.edit.references import Reference, conflict_with, references, scalars
from claimtrack.edit.targets import Kind, find_entry
from claimtrack.edit.written import Refused, Written
from claimtrack.findings.selection import LeftOut
from claimtrack.reading.yamltext import Mapping as Mapped
from claimtrack.reading.yamltext import Node, Scalar, Sequence


def join(draft: Draft, kept: str, given: str) -> Written:
    """The claim ``kept`` with all that ``given`` holds and it lacks; ``given`` is gone.

    Where both say something that there is one of (the statement, kind, when, note), the first one's
    stands, and a note tells what the other's was. Verdicts of the second go before those of the
    first, whose last one still counts. Raises NoEntry, LeftOut, Refused.
    """
    into, out = (find_entry(draft, each, Kind.CLAIM) for each in (kept, given))
    for each in (into, out):
        if each.id not in draft.register.claims:
            raise LeftOut(each.id)
    if into == out:
        raise Refused(f"both are '{kept}'; give two different claims")
    manuscript = Manuscript(draft)
    notes = _Joining(manuscript, into, out).join()
    manuscript.remove(out)
    return Written(manuscript.change(), into, f"took in {given}, which is gone", tuple(notes))


class _Joining:
    """One joining, part by part."""

    def __init__(self, manuscript: Manuscript, into: EntryKey, out: EntryKey) -> None:
        self._manuscript, self._into, self._out = manuscript, into, out
        self._held, self._given = (
            _mapping(meaning(manuscript.entry(key).node)) for key in (into, out)
        )

    def join(self) -> list[str]:
        """Everything but the removal, key by key; what is not carried over, in words."""
        self._redirect()
        told = [*self._one("statement"), *self._one("kind")]
        self._asserts()
        told += self._one("when")
        for key in ("about", "tags", "evidence"):
            self._append(key)
        self._relations()
        self._verdicts()
        return [*told, *self._one("note"), *self._comments()]

    def _append(self, key: str) -> None:
        held = _items(self._held, key)
        new = [as_value(each) for each in _items(self._given, key) if each not in held]
        if new:
            self._manuscript.append(self._into, (key,), new)

    def _asserts(self) -> None:
        held, given = _some(self._held, "asserts"), _some(self._given, "asserts")
        new = [as_value(each) for each in given if each not in held]
        if held and new:
            self._manuscript.append(self._into, ("asserts",), new)
        elif new:
            self._manuscript.set(self._into, ("asserts",), new[0] if len(new) == 1 else new)

    def _verdicts(self) -> None:
        given = [as_value(each) for each in _items(self._given, "verdicts")]
        if not given:
            return
        if _items(self._held, "verdicts"):
            self._manuscript.prepend(self._into, ("verdicts",), given)
        else:
            self._manuscript.append(self._into, ("verdicts",), given)

    def _one(self, key: str) -> list[str]:
        """What there is one of: the second's where the first has none, else said in words."""
        held, given = _written(self._held, key), _written(self._given, key)
        if given is None or given == held:
            return []
        if held is None:
            self._manuscript.set(self._into, (key,), as_value(given))
            return []
        return [f"{key} of {self._out.id} is not carried over: {_shown(given)}"]

    def _comments(self) -> list[str]:
        if self._manuscript.has_comments(self._out):
            return [f"comments in {self._out.id} are gone with it; git keeps them"]
        return []

    # ------------------------------------------------------------------------------- references

    def _redirect(self) -> None:
        """What other claims and reviews say of the second is said of the first."""
        by_holder: dict[EntryKey, list[Reference]] = {}
        for each in references(self._manuscript.draft, self._out):
            by_holder.setdefault(each.holder, []).append(each)
        for holder, named in by_holder.items():
            if holder.section == "reviews":
                for each in named:
                    self._redirect_review(each)
            elif holder != self._into:
                dropped = self._drop_seconds(holder)
                for each in named:
                    if each.scalar not in dropped:
                        self._manuscript.respell(holder, each.scalar, self._into.id)

    def _drop_seconds(self, holder: EntryKey) -> set[Scalar]:
        """Take the second one out of lists of claims that have the first one too."""
        dropped = set()
        node = self._manuscript.entry(holder).node
        for number, relation in enumerate(_nodes(node, "relations")):
            listed = list(scalars(relation, ("claim",)))
            if self._into.id not in [each.text for each in listed]:
                continue
            for index, each in reversed([*enumerate(listed)]):
                if each.text == self._out.id:
                    self._manuscript.drop_item(holder, ("relations", number, "claim"), index)
                    dropped.add(each)
        return dropped

    def _redirect_review(self, reference: Reference) -> None:
        text = self._into.id
        if reference.role == "conflict":
            text = conflict_with(reference.scalar.text, "claims", self._out.id, self._into.id)
            if "~" not in text:
                return  # of a conflict between the two: it is no more, and its review is stale
        self._manuscript.respell(reference.holder, reference.scalar, text)

    def _relations(self) -> None:
        """The first one's relations without the second, then the second one's without the first."""
        held = _items(self._held, "relations")
        kept = [self._apart(each) for each in held]
        given = [self._apart(each) for each in _items(self._given, "relations")]
        new = [as_value(each) for each in given if each is not None and each not in kept]
        if held and not any(kept):
            self._manuscript.drop(self._into, ("relations",))
        else:
            self._keep_relations(held, kept)
        if new:
            self._manuscript.append(self._into, ("relations",), new)

    def _keep_relations(self, held: list[Meaning], kept: list[Meaning | None]) -> None:
        """The first one's relations apart from the two; the last comes first, as numbers change."""
        for number, (old, new) in reversed([*enumerate(zip(held, kept, strict=True))]):
            if new is None:
                self._manuscript.drop_item(self._into, ("relations",), number)
            elif isinstance(new, dict) and new != old:
                path = ("relations", number, "claim")
                self._manuscript.set(self._into, path, as_value(new["claim"]))

    def _apart(self, relation: Meaning) -> Meaning | None:
        """A relation with neither of the two among its claims; None if it is to nothing else."""
        if not isinstance(relation, dict):
            return relation
        pair = {self._into.id, self._out.id}
        named = _some(relation, "claim")
        others = [each for each in named if not (isinstance(each, tuple) and each[0] in pair)]
        if len(others) == len(named):
            return relation
        if not others:
            return None
        return {**relation, "claim": others[0] if len(others) == 1 else others}


def _mapping(means: Meaning) -> dict[str, Meaning]:
    return means if isinstance(means, dict) else {}


def _items(means: dict[str, Meaning], key: str) -> list[Meaning]:
    found = means.get(key)
    return found if isinstance(found, list) else []


def _some(means: dict[str, Meaning], key: str) -> list[Meaning]:
    """One or several, as a list."""
    found = _written(means, key)
    if found is None:
        return []
    return found if isinstance(found, list) else [found]


def _written(means: dict[str, Meaning], key: str) -> Meaning | None:
    """What a key holds; a null counts as the key left out."""
    found = means.get(key)
    return None if isinstance(found, tuple) and found[1] == "null" else found


def _nodes(node: Node, key: str) -> tuple[Node, ...]:
    pairs = node.entries if isinstance(node, Mapped) else ()
    found = (value for name, value in pairs if isinstance(name, Scalar) and name.text == key)
    return next((value.items for value in found if isinstance(value, Sequence)), ())


def _shown(means: Meaning) -> str:
    return means[0] if isinstance(means, tuple) else str(means)
