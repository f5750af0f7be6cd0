"""Two claims that are one: what the second holds goes to the first, and so does what names it."""

from __future__ import annotations

from claimtrack.edit.draft import Draft, EntryKey
from claimtrack.edit.manuscript import Manuscript
from claimtrack.edit.meaning import Meaning, as_value, meaning
from claimtrack.edit.pooling import lacking, retractions
from claimtrack.edit.redirecting import Once, redirect
from claimtrack.edit.targets import Kind, find_entry
from claimtrack.edit.written import Refused, Written
from claimtrack.findings.selection import LeftOut
from claimtrack.model import Claim, Verdict


def join(draft: Draft, kept: str, given: str) -> Written:
    """The claim ``kept`` with all that ``given`` holds and it lacks; ``given`` is gone.

    Where both say something that there is one of (the statement, kind, when, note), the first one's
    stands, and a note tells what the other's was. Raises NoEntry, Refused, LeftOut,
    WrittenElsewhere, LaidOutOtherwise.
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
        told = redirect(self._manuscript, self._out, self._into)
        told += [*self._one("statement"), *self._one("kind")]
        self._asserts()
        told += self._one("when")
        self._append("about")
        self._append("tags")
        told += [*self._evidence(), *self._relations(), *self._verdicts()]
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

    def _evidence(self) -> list[str]:
        held, given = self._claim(self._into), self._claim(self._out)
        means = _items(self._given, "evidence")
        new = lacking(held, _items(self._held, "evidence"), given, means)
        if new:
            self._manuscript.append(
                self._into, ("evidence",), [as_value(means[each]) for each in new]
            )
        return retractions(held, given, new)

    def _verdicts(self) -> list[str]:
        """Those of the second before those of the first, so that its last one still counts.

        Where the first has none, one without a fingerprint would count whatever it was made on: it
        is told, and not carried over.
        """
        means, verdicts = _items(self._given, "verdicts"), self._claim(self._out).verdicts
        if _items(self._held, "verdicts"):
            if means:
                self._manuscript.prepend(self._into, ("verdicts",), [*map(as_value, means)])
            return []
        carried = len(verdicts)
        while carried and verdicts[carried - 1].fingerprint is None:
            carried -= 1
        told = [
            f"a verdict of {self._out.id} has no fingerprint and is not carried over: "
            f"{_told(each)}; claimtrack judge {self._into.id} writes it anew"
            for each in verdicts[carried:]
        ]
        if not carried:
            return told
        self._manuscript.append(
            self._into, ("verdicts",), [as_value(each) for each in means[:carried]]
        )
        last = _told(verdicts[carried - 1])
        return [f"the last verdict on {self._into.id} is that of {self._out.id} now: {last}", *told]

    def _claim(self, key: EntryKey) -> Claim:
        return self._manuscript.draft.register.claims[key.id]

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

    def _relations(self) -> list[str]:
        """The first one's relations without the second, then the second one's without the first."""
        once = Once(self._into.id)
        held = _items(self._held, "relations")
        kept = [self._once(self._apart(each), once, was=each) for each in held]
        given = (self._once(self._apart(e), once) for e in _items(self._given, "relations"))
        new = [as_value(each) for each in given if each is not None]
        if held and not any(kept):
            self._manuscript.drop(self._into, ("relations",))
        else:
            self._keep_relations(held, kept)
        if new:
            self._manuscript.append(self._into, ("relations",), new)
        return [*once.told, *self._between()]

    def _between(self) -> list[str]:
        """The reasons of relations between the two, which go with what they were between."""
        relations = [*_items(self._held, "relations"), *_items(self._given, "relations")]
        pair = {self._into.id, self._out.id}
        return [
            f"a relation between the two is gone: {_shown(each['type'])}, {_shown(each['why'])}"
            for each in relations
            if isinstance(each, dict)
            and "type" in each
            and "why" in each
            and all(isinstance(other, tuple) and other[0] in pair for other in _some(each, "claim"))
        ]

    def _once(
        self, relation: Meaning | None, once: Once, was: Meaning | None = None
    ) -> Meaning | None:
        """The relation, unless there is none or the same is met before."""
        if not isinstance(relation, dict):
            return None
        claims = [_shown(each) for each in _some(relation, "claim")]
        why = _written(relation, "why")
        stands = once.takes(
            _shown(relation["type"]),
            claims,
            None if why is None else _shown(why),
            is_changed=relation != was,
        )
        return relation if stands else None

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


def _shown(means: Meaning) -> str:
    return means[0] if isinstance(means, tuple) else str(means)


def _told(verdict: Verdict) -> str:
    """A verdict in words."""
    by = f", by {verdict.by}" if verdict.by else ""
    on = f", on {verdict.on}" if verdict.on else ""
    return f"{verdict.rating}{by}{on}" + (f": {verdict.why}" if verdict.why else "")
