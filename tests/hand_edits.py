"""Every edit there is, on registers in any hand, against what plain Python makes of their data.

Nothing here takes a span, a splice or a meaning from the program: files are parsed by PyYAML alone,
an edit is a few lines on lists and dictionaries, and what a file lost is looked at sign by sign.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import yaml

from claimtrack.edit.catalogue import add_entity, add_property, set_source
from claimtrack.edit.claims import Item, NewClaim, Saying, add_claim, cite, relate, tag, untag
from claimtrack.edit.decisions import Signed, judge, review
from claimtrack.edit.draft import Draft
from claimtrack.edit.joining import join
from claimtrack.edit.removing import remove
from claimtrack.edit.renaming import rename
from claimtrack.edit.rewriting import claim_text, rewrite
from claimtrack.edit.targets import Kind
from claimtrack.edit.written import Written
from claimtrack.values.names import fold
from hand_styles import NASTY

Data = Any
Files = dict[str, Data]

# ------------------------------------------------------------------------------- files as data


@dataclass
class Part:
    """A node of a file: where it stands, what it holds, and what it says as data."""

    start: int
    end: int
    data: Data
    children: list[Part] = field(default_factory=list)
    text: str = ""
    """Of the root: the text of its file."""

    def value(self, key: str) -> Part:
        pairs = zip(self.children[::2], self.children[1::2], strict=True)
        return next(value for name, value in pairs if name.data == key)


def parsed(content: bytes) -> Part:
    """The root of a file that holds a document."""
    text = content.decode().removeprefix("\ufeff")
    events = iter(list(yaml.parse(text, Loader=yaml.CLoader)))
    first = next(e for e in events if isinstance(e, yaml.NodeEvent))
    root = _part(first, events, {})
    root.text = text
    return root


def _part(event: Any, events: Iterator[Any], anchors: dict[str, Part]) -> Part:
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, yaml.AliasEvent):
        return Part(start, end, anchors[event.anchor or ""].data)
    if isinstance(event, yaml.ScalarEvent):
        is_null = event.implicit[0] and event.value in ("", "~", "null", "Null", "NULL")
        part = Part(start, end, None if is_null else event.value)
    else:
        children = []
        while not isinstance(each := next(events), yaml.CollectionEndEvent):
            children.append(_part(each, events, anchors))
        closing: Any = each
        end = closing.end_mark.index if event.flow_style else children[-1].end
        data: Data = [child.data for child in children]
        if isinstance(event, yaml.MappingStartEvent):
            data = dict(zip(data[::2], data[1::2], strict=True))
        part = Part(start, end, data, children)
    if event.anchor:
        anchors[event.anchor] = part
    return part


def copied(data: Data) -> Data:
    """The data with every part of its own: aliases share them."""
    if isinstance(data, dict):
        return {key: copied(value) for key, value in data.items()}
    return [copied(each) for each in data] if isinstance(data, list) else data


# ----------------------------------------------------------------------------------- operations


@dataclass
class Edit:
    """One edit: what the program makes, and what plain Python makes of the data."""

    name: str
    make: Callable[[Draft], Written]
    applied: Callable[[Files], None]
    taken: Callable[[dict[str, Part]], list[tuple[str, Part]]] = lambda _: []
    """The parts of files that it may take away or put something else in the place of."""
    aside: Callable[[Files], None] = lambda _: None
    """Takes out of data, expected or found, what is looked at elsewhere."""


@dataclass
class Drawn:
    """What an edit is drawn from."""

    rng: Random
    draft: Draft
    roots: dict[str, Part]

    @property
    def files(self) -> Files:
        return {name: root.data for name, root in self.roots.items()}

    def claim(self) -> str:
        return self.rng.choice(list(self.draft.register.claims))

    def text(self) -> str:
        return self.rng.choice((*NASTY, "a plain remark", "another: remark", "third, with a comma"))

    def word(self) -> str:
        return self.text() or "word"


Draw = Callable[[Drawn], Edit | None]


def _claims(files: Files) -> Iterator[dict[str, Data]]:
    for data in files.values():
        yield from (each for each in data.get("claims") or [] if isinstance(each, dict))


def the_claim(files: Files, claim: str) -> dict[str, Data]:
    return next(each for each in _claims(files) if each["id"] == claim)


def _appended(holder: dict[str, Data], key: str, items: Sequence[Data]) -> None:
    holder[key] = [*(holder.get(key) or []), *items]


def _file_for(files: Files, section: str) -> Data:
    having = [name for name, data in files.items() if data.get(section)]
    main = next(iter(files))
    if not having:
        return files[main]
    return files[main] if main in having and section != "reviews" else files[having[-1]]


def _item(drawn: Drawn) -> tuple[Item, dict[str, Data]]:
    rng, register = drawn.rng, drawn.draft.register
    source = rng.choice(list(register.sources))
    stance = rng.choice((None, "denies", "reports"))
    by = rng.choice((None, "ministry"))
    via = rng.choice(((), ("paper",), ("paper", "a new voice")))
    quote = rng.choice((None, drawn.text() or None))
    line = rng.choice((None, 4))
    note = rng.choice((None, None, drawn.text() or None))
    given = {"source": source, "stance": stance, "by": by, "via": list(via) or None}
    given |= {"quote": quote, "line": str(line) if line else None, "note": note}
    item = Item(source, stance, by, via, quote, line, None, note)
    return item, {key: value for key, value in given.items() if value is not None}


def draw_add(drawn: Drawn) -> Edit:
    rng = drawn.rng
    item, item_data = _item(drawn)
    of = rng.choice(list(drawn.draft.register.properties.values()))
    value = {
        "number": "1234",
        "date": "2024-07",
        "entity": "Elsewhere Land",
        "boolean": "true",
        "text": drawn.word(),
        "choice": next(iter(of.choices or ()), ""),
    }[of.type]
    saying = Saying("someone new", of.id, value) if rng.random() < 0.5 else None
    tags = tuple({drawn.word() for _ in range(rng.choice((0, 1, 3)))})
    statement, note = drawn.word(), rng.choice((None, drawn.text() or None))
    evidence = (item,) * rng.choice((0, 1, 2))
    claim: dict[str, Data] = {"id": "added-claim", "statement": statement}
    if saying:
        claim["asserts"] = {"subject": "someone new", "property": of.id, "value": value}
    claim |= {"tags": list(tags)} if tags else {}
    claim |= {"evidence": [item_data] * len(evidence)} if evidence else {}
    claim |= {"note": note} if note else {}
    new = NewClaim(statement, "added-claim", None, saying, None, (), tags, evidence, note)
    return Edit(
        "add",
        lambda draft: add_claim(draft, new),
        lambda files: _appended(_file_for(files, "claims"), "claims", [claim]),
    )


def draw_cite(drawn: Drawn) -> Edit:
    claim, (item, data) = drawn.claim(), _item(drawn)
    return Edit(
        "cite",
        lambda draft: cite(draft, claim, item),
        lambda files: _appended(the_claim(files, claim), "evidence", [data]),
    )


def draw_relate(drawn: Drawn) -> Edit | None:
    claim, others = drawn.claim(), list(drawn.draft.register.claims)
    others.remove(claim)
    if not others:
        return None
    named = drawn.rng.sample(others, min(len(others), drawn.rng.choice((1, 2))))
    why = drawn.text() or None
    data = {"type": "depends-on", "claim": named[0] if len(named) == 1 else named}
    data |= {"why": why} if why else {}
    return Edit(
        "relate",
        lambda draft: relate(draft, claim, "depends-on", named, why),
        lambda files: _appended(the_claim(files, claim), "relations", [data]),
    )


def draw_tag(drawn: Drawn) -> Edit:
    claim, tags = drawn.claim(), list(dict.fromkeys(drawn.word() for _ in range(2)))
    return Edit(
        "tag",
        lambda draft: tag(draft, claim, tags),
        lambda files: _appended(the_claim(files, claim), "tags", tags),
    )


def draw_untag(drawn: Drawn) -> Edit | None:
    tagged = [each for each in _claims(drawn.files) if each.get("tags")]
    tagged = [each for each in tagged if each["id"] in drawn.draft.register.claims]
    if not tagged:
        return None
    claim = drawn.rng.choice(tagged)
    gone = drawn.rng.choice(claim["tags"])

    def applied(files: Files) -> None:
        held = the_claim(files, claim["id"])
        held["tags"] = [each for each in held["tags"] if each != gone]
        if not held["tags"]:
            del held["tags"]

    return Edit(
        "untag",
        lambda draft: untag(draft, claim["id"], [gone]),
        applied,
        lambda parts: _taken_keys(parts, "claims", claim["id"], ["tags"]),
    )


def _taken_keys(
    parts: dict[str, Part], section: str, entry: str, keys: Sequence[str]
) -> list[tuple[str, Part]]:
    found = []
    for file, root in parts.items():
        part = _entry(root, section, entry)
        if part is not None:
            pairs = zip(part.children[::2], part.children[1::2], strict=True)
            found += [
                (file, Part(name.start, value.end, None))
                for name, value in pairs
                if name.data in keys
            ]
    return found


def _entry(root: Part, section: str, entry: str) -> Part | None:
    if not root.data.get(section):
        return None
    held = root.value(section)
    if section == "claims":
        claims = (part for part in held.children if isinstance(part.data, dict))
        return next((part for part in claims if part.data["id"] == entry), None)
    return held.value(entry) if entry in held.data else None


def draw_judge(drawn: Drawn) -> Edit:
    claim, why = drawn.claim(), drawn.word()
    mark = drawn.draft.register.claims[claim].fingerprint
    data = {"rating": "refuted", "by": "ann", "on": "2026-11-25", "why": why, "fingerprint": mark}
    return Edit(
        "judge",
        lambda draft: judge(draft, claim, "refuted", Signed("ann", "2026-11-25", why)),
        lambda files: _appended(the_claim(files, claim), "verdicts", [data]),
    )


def draw_review(drawn: Drawn) -> Edit | None:
    findings, why = drawn.draft.findings, drawn.word()
    subjects: list[tuple[str, str, str]] = [
        ("conflict", each.id, findings.ground(each)) for each in findings.conflicts
    ]
    subjects += [
        ("dispute", claim, findings.dispute_ground(claim))
        for claim, support in findings.supports.items()
        if support.disputing
    ]
    if not subjects:
        return None
    kind, subject, ground = drawn.rng.choice(subjects)
    data = {kind: subject, "decision": "unresolved", "by": "ann", "on": "2026-11-25", "why": why}
    data["fingerprint"] = ground
    signed = Signed("ann", "2026-11-25", why)
    return Edit(
        "review",
        lambda draft: review(draft, subject, "unresolved", None, signed),
        lambda files: _appended(_file_for(files, "reviews"), "reviews", [data]),
    )


def _keyed(files: Files, section: str, key: str, value: Data) -> None:
    holder = _file_for(files, section)
    holder[section] = {**(holder.get(section) or {}), key: value}


def draw_entity(drawn: Drawn) -> Edit:
    facts: dict[str, Any] = {"kind": "place", "aliases": ["another name", drawn.word()]}
    return Edit(
        "entity add",
        lambda draft: add_entity(draft, "A new one", "new-one", facts, None),
        lambda files: _keyed(files, "entities", "new-one", {"name": "A new one", **facts}),
    )


def draw_property(drawn: Drawn) -> Edit:
    facts: dict[str, Any] = {"type": "choice", "choices": ["one", "two", "no"], "scope": ["phase"]}
    return Edit(
        "property add",
        lambda draft: add_property(draft, "new-property", facts, None),
        lambda files: _keyed(files, "properties", "new-property", facts),
    )


def draw_source(drawn: Drawn) -> Edit:
    facts = {"title": drawn.word(), "published": "2024-07"}
    if drawn.rng.random() < 0.3:
        return Edit(
            "source new",
            lambda draft: set_source(draft, "new-source", facts, (), None),
            lambda files: _keyed(files, "sources", "new-source", facts),
        )
    source = drawn.rng.choice(list(drawn.draft.register.sources))
    facts["reliability"] = "C"
    held = next(d["sources"][source] for d in drawn.files.values() if source in _dict(d, "sources"))
    optional = [key for key in held if key in ("publisher", "author", "derived_from")]
    gone = drawn.rng.sample(optional, min(len(optional), drawn.rng.choice((0, 1, 2))))

    def applied(files: Files) -> None:
        for data in files.values():
            if source in _dict(data, "sources"):
                data["sources"][source] |= facts
                for key in gone:
                    del data["sources"][source][key]

    return Edit(
        "source set",
        lambda draft: set_source(draft, source, facts, gone, None),
        applied,
        lambda parts: _taken_keys(parts, "sources", source, [*facts, *gone]),
    )


def _dict(data: Data, section: str) -> dict[str, Data]:
    return data.get(section) or {}


# ------------------------------------------------------------------------------------- renaming


def some_entry(drawn: Drawn) -> tuple[Kind, str]:
    """An entry of any kind."""
    register = drawn.draft.register
    kind = drawn.rng.choice(list(Kind))
    held: dict[Kind, Mapping[str, object]] = {
        Kind.CLAIM: register.claims,
        Kind.SOURCE: register.sources,
        Kind.ENTITY: register.entities,
        Kind.PROPERTY: register.properties,
    }
    return kind, drawn.rng.choice(list(held[kind]))


def draw_rename(drawn: Drawn) -> Edit:
    kind, old = some_entry(drawn)
    return renaming(kind, old, "renamed-1", drawn)


def renaming(kind: Kind, old: str, new: str, drawn: Drawn) -> Edit:
    names = [] if kind is not Kind.ENTITY else _names(drawn.files, old)
    types = {
        key: of.get("type")
        for data in drawn.files.values()
        for key, of in _dict(data, "properties").items()
    }

    def applied(files: Files) -> None:
        for data in files.values():
            _rename_in(data, kind, old, new, {fold(each) for each in names}, types)

    return Edit(
        f"rename {kind}",
        lambda draft: rename(draft, old, new, kind),
        applied,
        lambda parts: [(file, part) for file, root in parts.items() for part in _scalars(root)],
        _without_fingerprints,
    )


def _without_fingerprints(files: Files) -> None:
    """Renamings renew them; that they are right is seen where decisions are looked at."""
    for claim in _claims(files):
        for verdict in claim.get("verdicts") or []:
            verdict.pop("fingerprint", None)
    for each in _reviews(files):
        each.pop("fingerprint", None)


def _reviews(files: Files) -> Iterator[dict[str, Data]]:
    for data in files.values():
        yield from data.get("reviews") or []


def _names(files: Files, entity: str) -> list[str]:
    for data in files.values():
        held = _dict(data, "entities").get(entity)
        if held:
            aliases = [a["name"] if isinstance(a, dict) else a for a in held.get("aliases") or []]
            return [*aliases, *([held["name"]] if held.get("name") else [])]
    return []


def _scalars(part: Part) -> Iterator[Part]:
    if not part.children and not isinstance(part.data, dict | list):
        yield part
    for child in part.children:
        yield from _scalars(child)


def _rename_in(  # noqa: C901 - every place that names something, one after another
    data: Data, kind: Kind, old: str, new: str, names: set[str], types: dict[str, str]
) -> None:
    def one(holder: dict[str, Data], key: str, *, by_name: bool = False) -> None:
        held = holder.get(key)
        if isinstance(held, list):
            holder[key] = [changed(each, by_name) for each in held]
        elif isinstance(held, str):
            holder[key] = changed(held, by_name)

    def changed(text: str, by_name: bool) -> str:
        if kind is not Kind.ENTITY:
            return new if text == old else text
        if text == old and not (by_name and fold(text) in names):
            return new
        return new if fold(text) == old and fold(text) not in names else text

    section = {Kind.SOURCE: "sources", Kind.ENTITY: "entities", Kind.PROPERTY: "properties"}
    if kind in section and old in _dict(data, section[kind]):
        data[section[kind]] = {new if k == old else k: v for k, v in data[section[kind]].items()}
    for source in _dict(data, "sources").values():
        if kind is Kind.SOURCE:
            one(source, "derived_from")
        elif kind is Kind.ENTITY:
            one(source, "publisher", by_name=True)
            one(source, "author", by_name=True)
    for entity in _dict(data, "entities").values():
        if kind is Kind.ENTITY and entity:
            one(entity, "part_of")
    for claim in _claims({"": data}):
        asserts = claim.get("asserts") or []
        for each in asserts if isinstance(asserts, list) else [asserts]:
            if kind is Kind.PROPERTY:
                one(each, "property")
            elif kind is Kind.ENTITY:
                one(each, "subject")
                if types.get(each["property"]) == "entity":
                    one(each, "value")
        evidence = claim.get("evidence") or []
        for item in evidence if isinstance(evidence, list) else [evidence]:
            if kind is Kind.SOURCE:
                one(item, "source")
            elif kind is Kind.ENTITY:
                one(item, "by")
                one(item, "via")
        if kind is Kind.ENTITY:
            one(claim, "about")
        if kind is Kind.CLAIM:
            one(claim, "id")
            for relation in claim.get("relations") or []:
                one(relation, "claim")
    for each in data.get("reviews") or []:
        if kind is Kind.CLAIM:
            one(each, "claim")
            one(each, "dispute")
            if "~" in (each.get("conflict") or ""):
                parts = [new if part == old else part for part in each["conflict"].split("~")]
                each["conflict"] = "~".join(sorted(set(parts)))
        elif "." in (each.get("conflict") or ""):
            subject, _, of = each["conflict"].partition(".")
            subject = new if kind is Kind.ENTITY and subject == old else subject
            of = new if kind is Kind.PROPERTY and of == old else of
            each["conflict"] = f"{subject}.{of}"


# ------------------------------------------------------------------------------ whole entries


SECTIONS = {
    Kind.CLAIM: "claims",
    Kind.SOURCE: "sources",
    Kind.ENTITY: "entities",
    Kind.PROPERTY: "properties",
}


def draw_remove(drawn: Drawn) -> Edit:
    kind, gone = some_entry(drawn)
    section = SECTIONS[kind]

    def applied(files: Files) -> None:
        for data in files.values():
            if section == "claims":
                data["claims"] = _without(data, gone)
            else:
                data[section] = {k: v for k, v in _dict(data, section).items() if k != gone}

    def taken(parts: dict[str, Part]) -> list[tuple[str, Part]]:
        found = []
        for file, root in parts.items():
            part = _entry(root, section, gone)
            if part is not None:
                start = part.start
                if section != "claims":
                    held = root.value(section)
                    start = next(k.start for k in held.children[::2] if k.data == gone)
                found.append((file, Part(start, part.end, None)))
        return found

    return Edit(f"remove {kind}", lambda draft: remove(draft, gone, kind), applied, taken)


def draw_rewrite(drawn: Drawn) -> Edit:
    claim = drawn.claim()

    def make(draft: Draft) -> Written:
        before = claim_text(draft, claim)
        return rewrite(draft, before, before.text)

    return Edit("rewrite unchanged", make, lambda files: None)


def draw_restate(drawn: Drawn) -> Edit | None:
    """A claim edited by hand: another word in its statement, where it is easily found."""
    claim = drawn.claim()
    statement = the_claim(drawn.files, claim)["statement"]
    word = statement.split()[-1]
    text = claim_text(drawn.draft, claim).text
    if text.count(word) != 1:
        return None

    def applied(files: Files) -> None:
        held = the_claim(files, claim)
        held["statement"] = held["statement"].replace(word, "99.")

    return Edit(
        "edit",
        lambda draft: rewrite(
            draft, claim_text(draft, claim), claim_text(draft, claim).text.replace(word, "99.")
        ),
        applied,
        lambda parts: [
            (file, part)
            for file, root in parts.items()
            for part in [_entry(root, "claims", claim)]
            if part
        ],
    )


def draw_join(drawn: Drawn) -> Edit | None:  # noqa: C901 - key by key, as a person would
    claims = list(drawn.draft.register.claims)
    if len(claims) < 2:
        return None
    kept, given = drawn.rng.sample(claims, 2)

    def taken(parts: dict[str, Part]) -> list[tuple[str, Part]]:
        found = [(file, part) for file, root in parts.items() for part in _scalars(root)]
        for file, root in parts.items():
            for claim, whole in ((kept, False), (given, True)):
                part = _entry(root, "claims", claim)
                if part is not None and whole:
                    found.append((file, part))
                elif part is not None:
                    found += _taken_keys({file: root}, "claims", kept, ["relations", "asserts"])
            for claim in claims:  # a relation to both loses the second
                found += _taken_keys({file: root}, "claims", claim, ["relations"])
        return found

    def aside(files: Files) -> None:
        """What one claim takes of the other, and what names either, has tests of its own."""
        _without_fingerprints(files)
        into = the_claim(files, kept)
        for key in ("kind", "asserts", "when", "evidence", "verdicts", "note"):
            into.pop(key, None)
        for claim in _claims(files):
            claim.pop("relations", None)
        for each in _reviews(files):
            for key in ("conflict", "dispute", "claim"):
                each.pop(key, None)

    def applied(files: Files) -> None:
        into, out = the_claim(files, kept), the_claim(files, given)
        for key in ("about", "tags"):
            new = [each for each in out.get(key) or [] if each not in (into.get(key) or [])]
            if new:
                _appended(into, key, new)
        for data in files.values():
            data["claims"] = _without(data, given)

    return Edit("merge", lambda draft: join(draft, kept, given), applied, taken, aside)


def _without(data: Data, claim: str) -> list[Data]:
    claims = data.get("claims") or []
    return [each for each in claims if not isinstance(each, dict) or each["id"] != claim]


DRAWS: dict[str, Draw] = {
    "add": draw_add,
    "cite": draw_cite,
    "relate": draw_relate,
    "tag": draw_tag,
    "untag": draw_untag,
    "judge": draw_judge,
    "review": draw_review,
    "entity": draw_entity,
    "property": draw_property,
    "source": draw_source,
    "rename": draw_rename,
    "remove": draw_remove,
    "rewrite": draw_rewrite,
    "edit": draw_restate,
    "merge": draw_join,
}


# ------------------------------------------------------------------------------- there and back


@dataclass
class Detour:
    """An edit, and the one that undoes it."""

    there: Callable[[Draft], Written]
    back: Callable[[Draft], Written]


def detour_by_rename(drawn: Drawn) -> Detour | None:
    """A renaming, where the id is written as it is, on one line and without escapes."""
    kind, old = some_entry(drawn)
    named = [
        (root.text[part.start : part.end], part.data)
        for root in drawn.roots.values()
        for part in _scalars(root)
        if part.data and old in re.split("[.~]", fold(part.data))
    ]
    if any(fold(data) == old != data for _, data in named):
        return None
    if any(data not in raw or ("\n" in raw and raw[0] not in "|>") for raw, data in named):
        return None
    return Detour(
        lambda draft: rename(draft, old, "renamed-1", kind),
        lambda draft: rename(draft, "renamed-1", old, kind),
    )


def detour_by_tag(drawn: Drawn) -> Detour | None:
    tagged = [claim.id for claim in drawn.draft.register.claims.values() if claim.tags]
    if not tagged:
        return None
    claim, word = drawn.rng.choice(tagged), drawn.word()
    return Detour(
        lambda draft: tag(draft, claim, [word]), lambda draft: untag(draft, claim, [word])
    )


def detour_by_add(drawn: Drawn) -> Detour | None:
    if not _file_for(drawn.files, "claims").get("claims"):
        return None
    edit = draw_add(drawn)
    return Detour(edit.make, lambda draft: remove(draft, "added-claim"))


def detour_by_entity(drawn: Drawn) -> Detour | None:
    if not _file_for(drawn.files, "entities").get("entities"):
        return None
    return Detour(draw_entity(drawn).make, lambda draft: remove(draft, "new-one"))


def detour_by_source(drawn: Drawn) -> Detour | None:
    if not _file_for(drawn.files, "sources").get("sources"):
        return None
    return Detour(
        lambda draft: set_source(draft, "new-source", {"title": "x"}, (), None),
        lambda draft: remove(draft, "new-source"),
    )


DETOURS: dict[str, Callable[[Drawn], Detour | None]] = {
    "rename": detour_by_rename,
    "tag": detour_by_tag,
    "add": detour_by_add,
    "entity": detour_by_entity,
    "source": detour_by_source,
}


# ------------------------------------------------------------------------------------- comments

COMMENT = re.compile(r"# c[0-9]+\b")
"""What a hand's comment begins with; no other comment of the file has its number."""
