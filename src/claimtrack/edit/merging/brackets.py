"""A list or a mapping between brackets taken apart, and made one again."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.edit.merging.parts import Apart, NotTakenApart, Part
from claimtrack.edit.merging.rules import Collection
from claimtrack.reading.spans import Span, outline


def brackets_apart(text: str) -> Apart:
    """What stands between the brackets, item by item or pair by pair.

    A comment behind a comma belongs to what follows. Raises NotTakenApart and NotYaml.
    """
    root = outline(text).root
    if root is None or not root.is_flow:
        raise NotTakenApart
    pairs = root.pairs if root.kind == "mapping" else [(None, item) for item in root.children]
    collection: Collection = "mapping" if root.kind == "mapping" else "list"
    if not pairs:
        return Apart(collection, 0, text[:1], (), text[1:])
    begins = [(value if key is None else key).start for key, value in pairs]
    ends = [max(value.end, begin) for (_, value), begin in zip(pairs, begins, strict=True)]
    gaps = [_without_comma(text[e:b]) for e, b in zip(ends, begins[1:], strict=False)]
    head = text[: begins[0]]
    leads = [_usual(head, gaps), *gaps]
    parts = [
        _part(text, key, value, lead, begin)
        for (key, value), lead, begin in zip(pairs, leads, begins, strict=True)
    ]
    return Apart(collection, 0, head, tuple(parts), text[ends[-1] :])


def _part(text: str, key: Span | None, value: Span, lead: str, begin: int) -> Part:
    is_taken = text[value.content : value.end][:1] in ("[", "{")
    content = value.content if is_taken else max(value.start, begin)
    core = text[content : value.end]
    return Part(
        key=None if key is None else key.text,
        lead=lead,
        head=text[begin:content],
        core=core,
        after="",
        form="flow" if is_taken else "leaf",
        collection=("list" if core[0] == "[" else "mapping") if is_taken else None,
        in_flow=True,
    )


def _without_comma(gap: str) -> str:
    """What stands between two parts, but for the comma, which may stand behind a comment."""
    at = 0
    while gap[at] != ",":
        at = gap.index("\n", at) if gap[at] == "#" else at + 1
    return gap[:at] + gap[at + 1 :]


def _usual(head: str, gaps: Sequence[str]) -> str:
    """What would part the first from one before it."""
    if gaps and "#" not in gaps[0]:
        return gaps[0]
    return head[1:] if "\n" in head and "#" not in head else " "


def between_brackets(head: str, leads: Sequence[str], own: Sequence[str], tail: str) -> str:
    """The whole again. A comment before what is now the first stays."""
    if not own:
        return head + tail
    first = head.rstrip(" ") + leads[0] if "#" in leads[0] else head
    others = (f",{lead}{text}" for lead, text in zip(leads[1:], own[1:], strict=True))
    return first + own[0] + "".join(others) + tail
