"""The canonical order of keys, for each kind of mapping that a register has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from claimtrack.frozen import field, frozen
from claimtrack.reading.schema import (
    PARTS,
    ClaimShape,
    EntityShape,
    PropertyShape,
    ReviewShape,
    Shape,
    SourceShape,
    keys_of,
)
from claimtrack.reading.sections import SECTIONS
from claimtrack.reading.spans import Span


@frozen
class Form:
    """What a node is in a register, as far as its layout goes."""

    keys: Sequence[str] = ()
    """The keys of such a mapping in canonical order; none where the order is the owner's."""
    parts: Mapping[str, Form] = field(default_factory=dict)
    """What some of the keys hold; of a list that stands there, what each item is."""
    entry: Form | None = None
    """What the other keys hold, or each item of a list, where they all are one kind of entry."""
    is_spaced: bool = False
    """Whether blank lines part what it holds, where that takes lines of its own."""

    def under(self, key: str) -> Form:
        """What a key of such a mapping holds."""
        return self.parts.get(key) or self.entry or _ANYTHING

    @property
    def item(self) -> Form:
        """What each item of such a list is."""
        return self.entry or self


_ANYTHING = Form()


def _form(shape: type[Shape]) -> Form:
    keys = keys_of(shape)
    parts = {key: PARTS[key][0] for key in keys if key in PARTS}
    # A number in parts has a ``value`` too, which is a plain number.
    return Form(keys, {key: _form(part) for key, part in parts.items() if part is not shape})


REGISTER = Form(
    SECTIONS,
    {
        "sources": Form(entry=_form(SourceShape), is_spaced=True),
        "entities": Form(entry=_form(EntityShape)),
        "properties": Form(entry=_form(PropertyShape)),
        "claims": Form(entry=_form(ClaimShape), is_spaced=True),
        "reviews": Form(entry=_form(ReviewShape)),
    },
    is_spaced=True,
)
"""The root of a file."""


def canonical_order(mapping: Span, form: Form, text: str) -> list[int]:
    """The indices of a mapping's pairs in canonical order.

    They stay as they are where a key is unknown or stands twice, where an alias would come to stand
    before its anchor, and where the text ends in the last of them without a line end, which a
    block scalar would gain elsewhere.
    """
    keys = [key.text for key in mapping.children[::2]]
    written = list(range(len(keys)))
    if len({*keys}) < len(keys) or not form.keys or not {*keys}.issubset(form.keys):
        return written
    wanted = sorted(written, key=lambda index: form.keys.index(keys[index]))
    if wanted == written or mapping.end == len(text):
        return written
    return wanted if _keeps_anchors(mapping, wanted, text) else written


def _keeps_anchors(mapping: Span, order: Sequence[int], text: str) -> bool:
    """Whether in that order each alias still has the anchor before it that it has now."""
    place = {index: at for at, index in enumerate(order)}
    lasts: dict[str, int] = {}
    anchored: set[str] = set()
    crossed: set[str] = set()
    for index, (key, value) in enumerate(mapping.pairs):
        for node in (key, value):
            for name in _names(node, text):
                mark = name[1:]
                if name[0] == "&":
                    anchored.add(mark)
                if place[index] < lasts.get(mark, 0):
                    crossed.add(mark)
                lasts[mark] = max(place[index], lasts.get(mark, 0))
    return not anchored & crossed


def _names(node: Span, text: str) -> Iterator[str]:
    """The anchors (with &) and aliases (with *) in a node, in the order written."""
    for word in text[node.start : node.content].split():
        if word.startswith("&"):
            yield word
    if node.kind == "alias":
        yield f"*{node.text}"
    for child in node.children:
        yield from _names(child, text)
