"""One claim's entry in the text of a file, read by itself: found, delimited, made a claim.

For looking at one claim in many states of a file. Where the entry begins with its id, on a line of
its own as most do, it is found by its look and nothing else of the file is parsed: some five
milliseconds for a megabyte. Else it costs a pass over all of the file's events, some three tenths
of a second for a megabyte. A file that does not hold the id costs nothing but a search.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from claimtrack.diagnostic import NOWHERE
from claimtrack.frozen import frozen
from claimtrack.model import (
    Assertion,
    Claim,
    Date,
    Evidence,
    Rating,
    Relation,
    Stance,
    Verdict,
)
from claimtrack.reading.desk import Catalogue
from claimtrack.reading.fitting import fit
from claimtrack.reading.intervals import value_parts, value_text
from claimtrack.reading.nodes import Mapping, Node, Scalar, Sequence, written_id
from claimtrack.reading.scalars import text_of
from claimtrack.reading.schema import AssertionShape, ClaimShape, EvidenceShape, VerdictShape
from claimtrack.reading.spans import Span, outline
from claimtrack.reading.written import claim_fingerprint
from claimtrack.reading.yamltext import NotYaml, decode, parse
from claimtrack.values.interval import ALWAYS
from claimtrack.values.names import fold


@frozen
class ClaimEntry:
    """A claim's entry as a file has it: its id, its text, its node and its lines from 1.

    ``text`` begins at its first key (or brace) and ends with the last thing in it; ``before`` is
    what stands before it on its line.
    """

    id: str
    text: str
    before: str
    first_line: int
    last_line: int
    node: Node

    @property
    def is_alone(self) -> bool:
        """Whether its text surely says all of it: what an alias stands for is written elsewhere."""
        return "*" not in self.text

    @property
    def statement(self) -> str | None:
        """Its statement, if it has one that can be read."""
        pairs = self.node.entries if isinstance(self.node, Mapping) else ()
        held = (
            value for key, value in pairs if isinstance(key, Scalar) and key.text == "statement"
        )
        found = next(held, None)
        return found.text if isinstance(found, Scalar) else None


def find_entry(data: bytes, claim: str) -> ClaimEntry | None:
    """The first entry with that id, if the file has one. Raises NotYaml.

    An id that is written as an alias or with escapes is not found. What is quoted over several
    lines, one of which looks like the beginning of the entry, may be taken for it.
    """
    if not _may_hold(data, claim):
        return None
    return _by_its_look(data, claim) or next(
        (entry for entry in entries_with(data, claim) if entry.id == claim), None
    )


def _may_hold(data: bytes, claim: str) -> bool:
    written = rb"""\bid["']?\s*:\s*(?:[&!]\S*\s+)*["']?%s(?![a-z0-9-])""" % re.escape(
        claim.encode()
    )
    return claim.encode() in data and re.search(written, data) is not None


def entries_with(data: bytes, part: str) -> Iterator[ClaimEntry]:
    """The entries of claims in whose text the part stands, in the order written. Raises NotYaml."""
    if part.encode() not in data:
        return
    text = decode(data)
    root = outline(text).root
    claims = root.value("claims") if root is not None else None
    for number, span in enumerate(claims.children if claims is not None else ()):
        if span.kind == "mapping" and part in text[span.start : span.end]:
            node = _node_of(text, span.start, span.end) or _whole_claims(data)[number]
            written = written_id(node)
            yield _entry(text, span, node, written.text if written else "")


def _entry(text: str, span: Span, node: Node, claim: str) -> ClaimEntry:
    line_start = text.rfind("\n", 0, span.start) + 1
    first = text.count("\n", 0, span.start) + 1
    return ClaimEntry(
        id=claim,
        text=text[span.start : span.end],
        before=text[line_start : span.start],
        first_line=first,
        last_line=first + text.count("\n", span.start, span.end),
        node=node,
    )


def _node_of(text: str, start: int, end: int) -> Node | None:
    """The entry read without the rest of its file; None if it names an anchor that stands there."""
    indented = " " * (start - text.rfind("\n", 0, start) - 1) + text[start:end]
    try:
        return parse(indented.encode())
    except NotYaml:
        return None


def _whole_claims(data: bytes) -> tuple[Node, ...]:
    root = parse(data)
    for key, value in root.entries if isinstance(root, Mapping) else ():
        if isinstance(key, Scalar) and key.text == "claims" and isinstance(value, Sequence):
            return value.items
    return ()


# -------------------------------------------------------------------------------------- by its look

_OTHER_SECTIONS = (b"sources", b"entities", b"properties", b"reviews", b"include", b"title")
_FIRST = re.compile(rb"claims:[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*( *)-")


def _by_its_look(data: bytes, claim: str) -> ClaimEntry | None:
    """The entry, if a line in the section of claims is as one begins, and what follows is one."""
    begins = rb"""\n( *)-( +)id: *["']?%s["']?[ \t]*(?:#[^\n]*)?\r?\n""" % re.escape(claim.encode())
    found = re.search(begins, data)
    if found is None or _indent_of_claims(data, found.start()) != len(found[1]):
        return None
    begin, start, indent = found.start() + 1, found.end(2), len(found[1])
    over = re.compile(rb"\n {0,%d}(?=[^ \r\n#])" % indent).search(data, found.end() - 1)
    try:
        whole = data[begin : over.start() if over else len(data)].decode()
    except UnicodeDecodeError:
        return None
    node = _node_of(whole, start - begin, len(whole))
    written = None if node is None else written_id(node)
    if node is None or written is None or written.text != claim:
        return None
    text = _without_what_comes_next(whole, indent)[start - begin :]
    first = data.count(b"\n", 0, start) + 1
    last = first + text.count("\n")
    return ClaimEntry(claim, text, whole[: start - begin], first, last, node)


def _without_what_comes_next(text: str, indent: int) -> str:
    """The text without blank lines at its end, and comments no further in than the dash."""
    aside = re.compile(rf"\s*| {{0,{indent}}}#.*")
    lines = text.split("\n")
    while aside.fullmatch(lines[-1].rstrip("\r")):
        lines.pop()
    return "\n".join(lines).removesuffix("\r")


def _indent_of_claims(data: bytes, at: int) -> int | None:
    """How far the dashes of claims are indented, if the section that a place lies in is theirs.

    It is not where the section stands twice: only the first counts.
    """
    begins = _last(b"claims", data, at)
    others = max(_last(name, data, at) for name in _OTHER_SECTIONS)
    if begins < 0 or others > begins or _last(b"claims", data, begins) >= 0:
        return None
    first = _FIRST.match(data, begins)
    return None if first is None else len(first[1])


def _last(section: bytes, data: bytes, at: int) -> int:
    """Where a section begins, at the beginning of a line, for the last time before a place."""
    found = data.rfind(b"\n" + section + b":", 0, at) + 1
    return found if found or data.startswith(section + b":", 0, at) else -1


def stands_in(entry: ClaimEntry, data: bytes) -> bool:
    """Whether the entry, as it is, is surely one of the claims of another state of its file.

    False where that cannot be told from the text around it alone.
    """
    text, before = entry.text.encode(), b"\n" + entry.before.encode()
    at = data.find(before + text) if entry.is_alone else -1
    if at < 0 or _indent_of_claims(data, at) != len(before) - len(before.lstrip()) - 1:
        return False
    return entry.text.startswith("{") or _ends(data, at + len(before + text), len(before) - 1)


def _ends(data: bytes, at: int, indent: int) -> bool:
    """Whether what follows is no part of a mapping whose keys are indented so far.

    That is told by the next line that is no comment. A comment further in may be a block's text.
    """
    rest, aside = rb"(?:[ \t]+#[^\n]*|[ \t]*)\r?", rb"(?:[ \t]*\r?| {0,%d}#[^\n]*)" % (indent - 1)
    found = re.compile(rest + rb"(?:\n" + aside + rb"(?=\n|\Z))*(?:\n( *)|\Z)").match(data, at)
    return found is not None and (found[1] is None or len(found[1]) < indent)


# ------------------------------------------------------------------------------------- as written


def claim_as_written(entry: ClaimEntry, catalogue: Catalogue) -> Claim | None:
    """What the entry says, whatever else its register holds; None if it does not fit its shape.

    For comparing with another state of it: names are those of the catalogue, or their own folded
    text, and no value is read, so that all intervals are the whole line.
    """
    shape, _ = fit(ClaimShape, entry.node, "", "a claim", entry.id)
    return None if shape is None else _Reader(catalogue).claim(shape)


class _Reader:
    """Reads shapes by what is written in them alone."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def claim(self, shape: ClaimShape) -> Claim:
        """The claim."""
        return Claim(
            id=shape.id.text,
            place=NOWHERE,
            statement=shape.statement.text,
            fingerprint=claim_fingerprint(shape, self._catalogue),
            kind=shape.kind,
            asserts=tuple(self._assertion(each, shape.id.text) for each in shape.asserts),
            when=Date(shape.when.text, ALWAYS) if shape.when else None,
            about=tuple(self._entity(each) for each in shape.about),
            tags=tuple(tag.text for tag in shape.tags),
            evidence=tuple(self._evidence(each) for each in shape.evidence),
            relations=tuple(
                Relation(each.type, tuple(c.text for c in each.claim), text_of(each.why))
                for each in shape.relations
            ),
            verdicts=tuple(_verdict(each) for each in shape.verdicts),
            note=text_of(shape.note),
        )

    def _entity(self, scalar: Scalar) -> str:
        found = self._catalogue.names.find(scalar.text)
        return found[0] if found else fold(scalar.text)

    def _assertion(self, shape: AssertionShape, claim: str) -> Assertion:
        of = self._catalogue.properties.get(shape.property.text)
        is_entity = of is not None and of.type == "entity"
        value = shape.value
        return Assertion(
            claim=claim,
            subject=self._entity(shape.subject),
            property=shape.property.text,
            interval=ALWAYS,
            reach=ALWAYS,
            during=ALWAYS,
            negated=bool(shape.negated),
            text=value_text(value),
            parts=value_parts(value),
            entity=self._entity(value) if is_entity and isinstance(value, Scalar) else None,
            during_text=text_of(shape.during),
            scope_text=tuple((key.text, text.text) for key, text in shape.scope),
            subject_text=shape.subject.text,
        )

    def _evidence(self, shape: EvidenceShape) -> Evidence:
        return Evidence(
            source=shape.source.text,
            place=NOWHERE,
            stance=shape.stance or Stance.ASSERTS,
            by=self._entity(shape.by) if shape.by else None,
            via=tuple(self._entity(each) for each in shape.via),
            quote=text_of(shape.quote),
            line=shape.line,
            credibility=int(shape.credibility.text) if shape.credibility else None,
            note=text_of(shape.note),
        )


def _verdict(shape: VerdictShape) -> Verdict:
    return Verdict(
        rating=cast("Rating", shape.rating.text),
        place=NOWHERE,
        by=text_of(shape.by),
        on=text_of(shape.on),
        why=text_of(shape.why),
        fingerprint=text_of(shape.fingerprint),
    )
