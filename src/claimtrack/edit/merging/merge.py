"""Two changed copies of a file and what both came from: one file, or the choices that are left."""

from __future__ import annotations

import re

from claimtrack.collector import collector_off
from claimtrack.diagnostic import ClaimtrackError
from claimtrack.edit.meaning import Meaning, meaning
from claimtrack.edit.merging.choices import Choice, Labels, Piece, chosen, marked
from claimtrack.edit.merging.doubles import Double, doubles
from claimtrack.edit.merging.expected import merged_meaning
from claimtrack.edit.merging.parts import Found, NotTakenApart, Part
from claimtrack.edit.merging.rules import Collides
from claimtrack.edit.merging.weaving import woven_within
from claimtrack.frozen import frozen
from claimtrack.reading.nodes import Mapping
from claimtrack.reading.spans import outline
from claimtrack.reading.yamltext import NotYaml, decode, parse

_MARK = b"\xef\xbb\xbf"
_LINE_END = re.compile("\r\n|\r|\n")


@frozen
class Merged:
    """The merged file, and what in it a person has to choose from."""

    data: bytes
    choices: tuple[Choice, ...] = ()
    doubles: tuple[Double, ...] = ()
    """What both sides decided on, where nothing is to be chosen: the last one counts."""


class NotMergeable(ClaimtrackError):
    """Files that cannot be merged claim by claim; the reason is a clause for the reader."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


_ORDINARY = Labels()


def merge_files(base: bytes, ours: bytes, theirs: bytes, labels: Labels = _ORDINARY) -> Merged:
    """What a file becomes that two sides changed; an empty ``base`` means that both added it.

    What one side changed is taken from it to the letter. The lines end as ours do: a side that
    only changed line ends has changed nothing. Raises NotMergeable.
    """
    if theirs in (base, ours):
        return Merged(ours)
    if ours == base:
        return Merged(theirs)
    with collector_off():
        three = _Sides.of(base, ours, theirs)
        if three.theirs in (three.base, three.ours):
            return Merged(ours)
        if three.ours == three.base:
            return Merged(three.written(three.theirs))
        pieces = _woven(three)
        left = tuple(piece for piece in pieces if isinstance(piece, Choice))
        if left:
            _refuse_unreadable(pieces)
            return Merged(three.written(marked(pieces, labels), is_decided=False), left)
        text = chosen(pieces, ours=True)
        means = _meanings(three)
        if _read(text, "what came of it") != means.expected():
            raise NotMergeable("what came of it would not mean what both sides mean")
        return Merged(three.written(text), doubles=tuple(means.doubles()))


def reads_right(base: bytes, ours: bytes, theirs: bytes, merged: bytes) -> bool:
    """Whether a file merged otherwise means what a merge of these is to mean.

    Of sides that are no registers nothing can be said, and it is taken to be so.
    """
    try:
        means = _meanings(_Sides.of(base, ours, theirs))
    except NotMergeable:
        return True
    try:
        return _read(decode(merged), "what came of it") == means.expected()
    except (NotYaml, NotMergeable):
        return False


# ------------------------------------------------------------------------------------- the sides

_NAMES = ("the common ancestor", "our version", "their version")


@frozen
class _Sides:
    """The three texts, each line ended: by LF, unless ours has several line ends."""

    base: str
    ours: str
    theirs: str
    line_end: str
    has_mark: bool
    is_ended: bool
    """Whether the last line of the result is to have an end."""

    @classmethod
    def of(cls, *three: bytes) -> _Sides:
        """The sides as they are compared. Raises NotMergeable."""
        texts = [_decoded(data, name) for data, name in zip(three, _NAMES, strict=True)]
        line_ends = set(_LINE_END.findall(texts[1]))
        is_mixed = len(line_ends) > 1
        if not is_mixed:
            texts = [_LINE_END.sub("\n", text) for text in texts]
        elif any(re.search("\r(?!\n)", text) for text in texts):
            raise NotMergeable("its lines end in several ways")
        line_end = "\n" if is_mixed else next(iter(line_ends), "\n")
        base, ours, theirs = (
            text + "\n" if text and not text.endswith("\n") else text for text in texts
        )
        has_mark = _decided(*(data.startswith(_MARK) for data in three))
        is_ended = _decided(*(data.endswith((b"\n", b"\r")) for data in three))
        return cls(base, ours, theirs, line_end, has_mark, is_ended)

    def written(self, text: str, *, is_decided: bool = True) -> bytes:
        """A text of these sides as the bytes of a file."""
        if is_decided and not self.is_ended:
            text = text.removesuffix("\n").removesuffix("\r")
        data = text.replace("\n", self.line_end).encode()
        return _MARK + data if self.has_mark else data


def _decoded(data: bytes, name: str) -> str:
    try:
        return decode(data)
    except NotYaml as error:
        raise _not_yaml(error, name) from error


def _not_yaml(error: NotYaml, name: str) -> NotMergeable:
    return NotMergeable(f"{name}, line {error.line}: {error.message}")


def _decided(base: bool, ours: bool, theirs: bool) -> bool:
    return ours if theirs in (base, ours) else theirs


# ----------------------------------------------------------------------------------- the merging


def _woven(three: _Sides) -> list[Piece]:
    sides = (three.base, three.ours, three.theirs)
    base, ours, theirs = (_root(text, name) for text, name in zip(sides, _NAMES, strict=True))
    if ours is None or theirs is None:
        raise NotMergeable(f"{_NAMES[1 if ours is None else 2]} holds no sections")
    try:
        return woven_within("", base, ours, theirs, ())
    except (Collides, NotTakenApart, NotYaml) as error:
        raise NotMergeable("both sides changed how the file as a whole is written") from error


def _root(text: str, name: str) -> Part | None:
    """A file as one part; None if nothing is in it."""
    try:
        root = outline(text).root
    except NotYaml as error:
        raise _not_yaml(error, name) from error
    if root is None or (root.kind == "scalar" and root.is_empty):
        return None
    if root.kind != "mapping":
        raise NotMergeable(f"{name} is no mapping of sections")
    if root.is_flow:
        head, core, after = text[: root.content], text[root.content : root.end], text[root.end :]
        return Part(None, "", head, core, after, "flow", "mapping", in_flow=False)
    found = Found(text, root, 0)
    return Part(None, "", "", text, "", "block", "mapping", in_flow=False, found=found)


# --------------------------------------------------------------------------- what it is to mean


def _refuse_unreadable(pieces: list[Piece]) -> None:
    """Raise NotMergeable unless the result can be read once a person has chosen."""
    for ours in (True, False):
        _read(chosen(pieces, ours=ours), "what would be left after choosing")


@frozen
class _Meanings:
    """What each side means; of the base None where both sides added the file."""

    base: Meaning | None
    ours: Meaning
    theirs: Meaning

    def expected(self) -> Meaning | None:
        """What the result is to mean; None where no text can do without a choice."""
        try:
            return merged_meaning(self.base, self.ours, self.theirs)
        except Collides:
            return None

    def doubles(self) -> list[Double]:
        """What both sides decided on."""
        return doubles(self.base, self.ours, self.theirs)


def _meanings(three: _Sides) -> _Meanings:
    sides = (three.base, three.ours, three.theirs)
    base, ours, theirs = (_read(text, name) for text, name in zip(sides, _NAMES, strict=True))
    if ours is None or theirs is None:
        raise NotMergeable("not all of them hold sections")
    return _Meanings(base, ours, theirs)


def _read(text: str, name: str) -> Meaning | None:
    """What a text means, if it is a mapping. Raises NotMergeable where it is not YAML."""
    try:
        root = parse(text.encode())
    except NotYaml as error:
        raise _not_yaml(error, name) from error
    return meaning(root) if isinstance(root, Mapping) else None
