"""Ids in the text of one register file, found by how it looks: nothing is parsed.

A register of 20,000 claims takes seconds to parse and some hundredths of a second to skim. What is
found is fit for suggestions and for nothing else: a text over several lines or a mapping in flow
style can hold what looks like an id, and an id that is written with escapes is not seen.

Patterns are kept as text, so that only those that are needed are compiled. None of them gives back
what it has taken or looks on without a bound, so that no text makes them slow. Nothing is copied of
a file: to fill ten megabytes of fresh memory takes as long as to search them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from claimtrack.frozen import frozen


class Unusual(Exception):
    """The text is written in a way that has to be parsed."""


@frozen
class Section:
    """A section's name, and where its text is: from the colon after the name up to ``end``."""

    name: str
    file: bytes
    start: int
    end: int

    def match(self, pattern: bytes) -> re.Match[bytes] | None:
        """What the text begins with."""
        return re.compile(pattern).match(self.file, self.start, self.end)

    def find(self, pattern: bytes) -> Iterator[re.Match[bytes]]:
        """Every place of the text that fits."""
        return re.compile(pattern).finditer(self.file, self.start, self.end)


# --------------------------------------------------------------------------------------- patterns

_ID = rb"[a-z0-9]++(?:-[a-z0-9]++)*+"
_MARKS = rb"(?:[&!][^\s,\[\]{}]*+\s++)*+"
"""Anchors and tags before a value."""
_REST = rb"[ \t]*+(?:(?<=\s)#[^\n]*+)?"
"""What may follow on a line, or be all of it: blanks and a comment."""
_GAP = rb"(?:" + _REST + rb"\n)*+\s*+"
"""Blanks, line ends and comments."""
_BETWEEN = rb"(?:\s*+,|" + _REST + rb"\n)" + _GAP + rb"[\"']?"
"""What stands between two entries of one mapping, in either style."""


def _key(name: bytes) -> bytes:
    """A key from its first letter on: what begins with plain letters is searched for quickly."""
    return name + rb"[\"']?[ \t]*+:\s*+"


def _value(pattern: bytes, group: bytes) -> bytes:
    """A scalar that is all of the pattern, quoted or not, as a group of that name."""
    quoted = rb"(?P<q_%s>[\"']?)(?P<%s>%s)(?P=q_%s)" % (group, group, pattern, group)
    return _MARKS + quoted + rb"(?=[\s,\]}]|\Z)"


# --------------------------------------------------------------------------------------- sections

_HEADING = (
    rb"(?=[\"'a-z])[\"']?"
    rb"(claimtrack|title|include|sources|entities|properties|claims|reviews)"
    rb"[\"']?[ \t]*:(?=\s|\Z)"
)
_PREAMBLE = rb"(?:\xef\xbb\xbf)?(?:(?:%[^\n]*+|---(?=\s))?[ \t]*+(?:#[^\n]*+)?\n)*+"
_NOTHING = _REST + rb"(?:~|null|\[\s*+\]|\{\s*+\})?" + _GAP + rb"\Z"
_BLOCK = _REST + rb"(?:\n" + _REST + rb"(?=\n))*+\n(?P<indent> *+)(?=[^\s#?*\[{])(?P<dash>-(?=\s))?"


def sections(data: bytes) -> list[Section]:
    """The sections of a file whose headings begin their lines. Raises Unusual for any other."""
    text = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data
    preamble = re.compile(_PREAMBLE).match(text)
    begins = preamble.end() if preamble else 0
    first = re.compile(_HEADING).match(text, begins)
    if first is None:
        if re.compile(rb"\s*+\Z").match(text, begins):
            return []
        raise Unusual
    headings = [first, *re.compile(rb"\n" + _HEADING).finditer(text, first.end())]
    ends = [*(heading.start() for heading in headings[1:]), len(text)]
    return [
        Section(heading[1].decode(), text, heading.end(), end)
        for heading, end in zip(headings, ends, strict=True)
    ]


def _indent(section: Section, *, listed: bool) -> int | None:
    """How far the entries of a section in block style are indented; None where it has none."""
    if section.match(_NOTHING):
        return None
    block = section.match(_BLOCK)
    if block is None or (block["dash"] is not None) != listed:
        raise Unusual
    return len(block["indent"])


# ----------------------------------------------------------------------------------------- claims

_ID_KEY = rb"[\"']?" + _key(b"id") + _value(_ID, b"id")
_FLOW_ID = rb"\n[ \t]*+#[^\n]*+|[{,]" + _GAP + _ID_KEY
"""An id in flow style; or, without one, a comment, which may hold what looks like one."""
_FIRST_KEY = (
    rb"(?:[ \t]*+(?:[&!]\S*+[ \t]*+)?(?:(?<=\s)#[^\n]*+)?\n)*+"
    rb"(?P<before> *+" + _MARKS + rb")(?P<flow>\{)?"
)


def claims(section: Section) -> Iterator[bytes]:
    """Ids of the claims of a section. Raises Unusual where it is no list of them."""
    items = _items(section)
    # Most claims begin with their id; the others are looked at more closely.
    ids = (item["id"] or _id_within(items, at, section.end) for at, item in enumerate(items))
    return (each for each in ids if each is not None)


def _items(section: Section) -> list[re.Match[bytes]]:
    """The beginnings of the claims of a section, each with its id if that comes first."""
    if section.match(_GAP + rb"\["):
        # Nothing else that claims hold has a key like theirs, at whatever depth.
        return [item for item in section.find(_FLOW_ID) if item["id"]]
    indent = _indent(section, listed=True)
    if indent is None:
        return []
    dash = rb"\n(?P<indent> {%d})-(?=\s)" % indent
    return list(section.find(dash + rb"(?:\s++" + _MARKS + rb"(?:\{\s*+)?" + _ID_KEY + rb")?"))


def _id_within(items: list[re.Match[bytes]], at: int, end: int) -> bytes | None:
    """The id of a claim that does not begin with it; ``end`` is the section's.

    Text over several lines stands deeper than the keys of its claim: none of it is taken for one.
    """
    begin = items[at]
    stop = items[at + 1].start() if at + 1 < len(items) else end
    # A blank in place of the dash, so that a key beside it stands as far in as those below.
    claim = begin["indent"] + b" " + begin.string[begin.end() : stop]
    first = re.match(_FIRST_KEY, claim)
    if first is None:
        return None
    line = _FLOW_ID if first["flow"] else rb"\n {%d}%s" % (len(first["before"]), _ID_KEY)
    return next((found["id"] for found in re.finditer(line, claim) if found["id"]), None)


_QUOTED = rb"\"(?:[^\"\\\n]|\\.)*+\"|'[^'\n]*+'"
_TAGS = (
    _key(b"tags").removesuffix(rb"\s*+")
    + _REST
    + rb"(?:\s*+\[(?P<flow>(?:[^\]\"']|"
    + _QUOTED
    + rb"){0,9999}+)\]|(?P<block>(?:\n *+-[ \t][^\n]*+)++))"
)
_TAG = rb"(?:%s)\s*+(?:" + _QUOTED + rb"|[^\s,\"'#](?:[^\s,]|[ \t](?!#))*+)"


def is_word(tag: str) -> bool:
    """Whether a tag is a single word, which a shell takes as it is."""
    return re.fullmatch(r"\w[\w.-]*", tag) is not None


def tags(section: Section) -> Iterator[bytes]:
    """Tags of the claims of a section, those of them that are single words."""
    for flow, block in dict.fromkeys(found.group("flow", "block") for found in section.find(_TAGS)):
        mark, listed = (rb"\n *+-", block) if block else (rb"\A|[,\n]", flow)
        for each in re.findall(_TAG % mark, listed):
            plain = each.lstrip(b" -,\n\t").strip(b"\"' \t\n")
            if is_word(plain.decode("utf-8", "replace")):
                yield plain


# -------------------------------------------------------------------------------------- conflicts

_SUBJECT = _key(b"subject") + _value(_ID, b"subject")
_PROPERTY = _key(b"property") + _value(_ID, b"property")
_ASSERTED = (_SUBJECT + _BETWEEN + _PROPERTY, _PROPERTY + _BETWEEN + _SUBJECT)
_LISTED = rb"\[(?P<list>[^\]]{0,9999}+)\]"
_DECLARED = (
    _key(b"type") + _value(rb"contradicts|tension", b"type") + _BETWEEN + _key(b"claim")
) + (rb"(?:" + _LISTED + rb"|" + _value(_ID, b"one") + rb")")
_REVIEWED = _key(b"conflict") + _value(rb"[a-z0-9.~%A-F-]++", b"conflict")


def asserted(section: Section) -> Counter[bytes]:
    """How often each ``subject.property`` is asserted in a section of claims.

    A subject that is named by anything but an id is not seen.
    """
    return Counter(
        b"%s.%s" % found.group("subject", "property")
        for pattern in _ASSERTED
        for found in section.find(pattern)
    )


def declared(section: Section) -> Iterator[bytes]:
    """Ids that conflicts declared in a section of claims would have. Raises Unusual."""
    relations = list(section.find(_DECLARED))
    items = _items(section) if relations else []
    starts = [item.start() for item in items]
    for relation in relations:
        at = bisect_right(starts, relation.start()) - 1
        holder = None if at < 0 else items[at]["id"] or _id_within(items, at, section.end)
        if holder is not None:
            named = re.findall(_ID, relation["list"] or relation["one"])
            yield b"~".join(sorted({holder, *named}))


def reviewed(section: Section) -> Iterator[bytes]:
    """Ids of the conflicts that a section of reviews names."""
    return (found["conflict"] for found in section.find(_REVIEWED))


# ------------------------------------------------------------------------------ the other sections


def keys(section: Section) -> Iterator[bytes]:
    """Ids of the sources, entities or properties of a section.

    Raises Unusual where it is no mapping in block style.
    """
    indent = _indent(section, listed=False)
    if not indent:  # what is not indented is no part of the section
        return iter(())
    key = rb"\n {%d}%s([\"']?)(%s)\1[ \t]*+:(?=\s|\Z)" % (indent, _MARKS, _ID)
    return (found[2] for found in section.find(key))


_PATTERN = (
    rb"\s++|,|(?<=\s)#[^\n]*+|-(?=\s)"
    rb"|'(?P<single>(?:[^'\n]|'')*+)'|\"(?P<double>[^\"\\\n]*+)\""
    rb"|(?P<plain>[^\s\"'&*!|>%@`#,\[\]{}-](?:[^\s,\[\]{}]|[ \t](?!\#))*+)"
)


def includes(section: Section) -> list[str]:
    """The file patterns of a section. Raises Unusual where they are not simply listed."""
    text = section.file[section.start : section.end].strip()
    if text.startswith(b"[") and text.endswith(b"]"):
        text = text[1:-1]
    found, at = [], 0
    while at < len(text):
        piece = re.compile(_PATTERN).match(text, at)
        if piece is None:
            raise Unusual
        at = piece.end()
        if piece.lastgroup:
            written = piece[piece.lastgroup].decode("utf-8", "surrogateescape")
            found.append(written.replace("''", "'") if piece["single"] else written.strip())
    return found
