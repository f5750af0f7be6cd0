"""Making what names one claim name another instead, which it then does once."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from claimtrack.edit.draft import EntryKey
from claimtrack.edit.manuscript import Manuscript
from claimtrack.edit.references import Reference, conflict_with, references, scalars, values
from claimtrack.frozen import frozen
from claimtrack.reading.nodes import Node, Scalar, Sequence


def redirect(manuscript: Manuscript, old: EntryKey, new: EntryKey) -> list[str]:
    """What other claims and reviews say of the old claim is said of the new one.

    Gives, in words, the reasons of relations that would stand twice and are gone. Raises
    WrittenElsewhere, LaidOutOtherwise.
    """
    by_holder: dict[EntryKey, list[Reference]] = {}
    for each in references(manuscript.draft, old):
        by_holder.setdefault(each.holder, []).append(each)
    notes = []
    for holder, named in by_holder.items():
        if holder.section == "reviews":
            for each in named:
                _redirect_review(manuscript, each, old, new)
        elif holder != new:
            notes += _Redirecting(manuscript, holder, old.id, new.id).redirect()
    return notes


def _redirect_review(
    manuscript: Manuscript, reference: Reference, old: EntryKey, new: EntryKey
) -> None:
    text = new.id
    if reference.role == "conflict":
        text = conflict_with(reference.scalar.text, "claims", old.id, new.id)
        if "~" not in text:
            return  # of a conflict between the two: it is no more, and its review is stale
    manuscript.respell(reference.holder, reference.scalar, text)


@frozen
class _Met:
    """The first relation of a type to some claims: its reason, and whether it was another one."""

    why: str | None
    is_changed: bool


class Once:
    """The relations of one claim, of which none is to come to stand twice."""

    def __init__(self, holder: str) -> None:
        self._holder = holder
        self._met: dict[tuple[str, frozenset[str]], _Met] = {}
        self.told: list[str] = []
        """The reasons of those that would stand twice, in words."""

    def takes(
        self, relation: str, claims: Collection[str], why: str | None, *, is_changed: bool
    ) -> bool:
        """Whether a relation may stand: not if a change to it or to another makes it a second."""
        key = relation, frozenset(claims)
        if key not in self._met:
            self._met[key] = _Met(why, is_changed)
            return True
        first = self._met[key]
        if not is_changed and not first.is_changed:
            return True
        if why not in (None, first.why):
            self.told.append(
                f"{self._holder} {relation} {', '.join(sorted(key[1]))} would stand twice; the "
                f"second reason is not carried over: {why}"
            )
        return False


class _Redirecting:
    """The relations of one claim."""

    def __init__(self, manuscript: Manuscript, holder: EntryKey, old: str, new: str) -> None:
        self._manuscript, self._holder = manuscript, holder
        self._old, self._new = old, new

    def redirect(self) -> list[str]:
        """All of them; the last comes first where something goes, as numbers change."""
        relations = list(self._relations())
        once = Once(self._holder.id)
        stays = [self._may_stay(each, once) for each in relations]
        for number, node in reversed([*enumerate(relations)]):
            if stays[number]:
                self._redirect_claims(number, node)
            else:
                self._manuscript.drop_item(self._holder, ("relations",), number)
        return once.told

    def _relations(self) -> Iterator[Node]:
        for held in values(self._manuscript.entry(self._holder).node, "relations"):
            yield from held.items if isinstance(held, Sequence) else (held,)

    def _may_stay(self, relation: Node, once: Once) -> bool:
        named = [each.text for each in scalars(relation, ("claim",))]
        return once.takes(
            next((each.text for each in scalars(relation, ("type",))), ""),
            [self._new if each == self._old else each for each in named],
            next((each.text for each in scalars(relation, ("why",))), None),
            is_changed=self._old in named,
        )

    def _redirect_claims(self, number: int, relation: Node) -> None:
        """The first that names the old claim names the new one, unless another does; others go."""
        for held in values(relation, "claim"):
            items = held.items if isinstance(held, Sequence) else (held,)
            texts = [each.text if isinstance(each, Scalar) else None for each in items]
            named = [index for index, text in enumerate(texts) if text == self._old]
            gone = named if self._new in texts else named[1:]
            for index in reversed(gone):
                self._manuscript.drop_item(self._holder, ("relations", number, "claim"), index)
            for index in set(named).difference(gone):
                scalar = items[index]
                if isinstance(scalar, Scalar):
                    self._manuscript.respell(self._holder, scalar, self._new)
