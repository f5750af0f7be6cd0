"""Where new text goes among what is written: the smallest splices that add or change.

Each function takes a file's text and spans of it, and gives splices; nothing else of the text is
touched. A comment stays where it is. One that stands deeper than a key or a dash, right below the
last line under it, belongs there, and new text goes below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from claimtrack.edit.brackets import into_brackets
from claimtrack.edit.filetext import Splice, column, indentation, line_stop, next_line, with_feeds
from claimtrack.edit.slots import (
    Slot,
    WrittenElsewhere,
    after_colon,
    dash_column,
    pair_start,
    refuse_alias,
    slot,
    stop_below,
)
from claimtrack.edit.yamlwriting import (
    Manner,
    Value,
    between_quotes,
    entry_lines,
    item_lines,
    key_text,
    list_lines,
    on_one_line,
    pair_lines,
    stands_as_block,
)
from claimtrack.reading.spans import Span


def manner_of(mappings: Iterable[Span], text: str, usual: Manner) -> Manner:
    """How mappings are laid out, as the first list and mapping under their keys show.

    What they do not show is as ``usual``.
    """
    dashes: list[int] = []
    steps: list[int] = []
    styles: dict[str, bool] = {}
    for mapping, key, value in ((each, *pair) for each in mappings for pair in each.pairs):
        if value.kind == "list" and value.children:
            styles.setdefault(
                key.text, value.children[-1].kind == "mapping" and value.children[-1].is_flow
            )
        if value.is_flow or not value.children:
            continue
        if value.kind == "list":
            dashes.append(dash_column(text, value) - column(text, mapping.content))
        else:
            steps.append(column(text, value.content) - column(text, mapping.content))
    flow = frozenset(key for key, is_flow in styles.items() if is_flow)
    return Manner(
        next(iter(dashes), usual.dash),
        next(iter(steps), usual.step),
        flow | (usual.on_one_line - styles.keys()),
    )


# ----------------------------------------------------------------------------------------- adding


def add_items(text: str, holder: Slot, items: Sequence[Value], manner: Manner) -> list[Splice]:
    """Further items at the end of the list that the slot holds, or the first ones."""
    held = holder.value
    refuse_alias(holder)
    if held.kind != "list" or not held.children:
        return _first(text, holder, list(items), manner)
    if held.is_flow:
        return into_brackets(text, held, [*map(on_one_line, items)], len(held.children) - 1)
    at, last = dash_column(text, held), held.children[-1]
    is_flow = last.is_flow if last.kind in ("list", "mapping") else None
    is_spaced = _is_spaced(
        text, held.children, default=holder.key.text == "claims" and not last.is_flow
    )
    each = [item_lines(item, at, manner, is_flow=is_flow) for item in items]
    return [_below(text, held.end, at, lines, is_spaced=is_spaced) for lines in each]


def make_list(text: str, holder: Slot, items: Sequence[Value], manner: Manner) -> list[Splice]:
    """Further items beside the one mapping that the slot holds, which becomes the first of them."""
    held = holder.value
    if held.is_flow:
        flow = "".join(f", {on_one_line(item)}" for item in items)
        return [Splice(held.start, held.start, "["), Splice(held.end, held.end, f"{flow}]")]
    at, stop = column(text, held.content), stop_below(text, held.end, column(text, held.content))
    lines = [line for item in items for line in item_lines(item, at, manner, is_flow=False)]
    inward = [Splice(start, start, "  ") for start in _further_lines(text, held.content, stop)]
    below = "".join(f"\n{line}" for line in lines)
    return [Splice(held.content, held.content, "- "), *inward, Splice(stop, stop, below)]


def _further_lines(text: str, at: int, stop: int) -> Iterator[int]:
    """Where the lines begin that follow up to there, blank ones aside."""
    while (at := next_line(text, at)) < stop:
        if text[at : line_stop(text, at)].strip():
            yield at


def add_pairs(text: str, holder: Slot, pairs: Mapping[str, Value], manner: Manner) -> list[Splice]:
    """Further keys at the end of the mapping that the slot holds, or its first ones.

    Their values are laid out as the last mapping there is. A key that stands there and holds
    nothing stays where it is.
    """
    held = holder.value
    refuse_alias(holder)
    if held.kind != "mapping" or not held.children:
        return _first(text, holder, dict(pairs), manner)
    mappings = (each for each in reversed(held.children) if each.kind == "mapping")
    is_flow = next((each.is_flow for each in mappings), None)
    splices: list[Splice] = []
    for key, value in pairs.items():
        there = slot(held, key)
        if there is None:
            splices += add_key(text, held, key, value, (), manner, is_flow=is_flow)
        elif is_flow:
            splices += _in_place(text, there, value)
        else:
            splices += set_value(text, there, value, manner)
    return splices


def add_key(
    text: str,
    mapping: Span,
    key: str,
    value: Value,
    order: Sequence[str],
    manner: Manner,
    *,
    is_flow: bool | None = None,
) -> list[Splice]:
    """A key that a mapping lacks, after the last of those that come before it in ``order``.

    A key that ``order`` does not have goes to the end.
    """
    if mapping.kind == "alias":
        raise WrittenElsewhere(key, mapping.text)
    before = _last_before(mapping, key, order)
    if mapping.is_flow:
        return into_brackets(text, mapping, [f"{key_text(key)}: {on_one_line(value)}"], before)
    at = column(text, mapping.content)
    lines = pair_lines(key, value, at, manner, is_flow=is_flow)
    if before is None:
        return [Splice(mapping.content, mapping.content, "\n".join([*lines, " " * at])[at:])]
    is_spaced = _is_spaced(text, mapping.children, 2)
    return [_below(text, mapping.pairs[before][1].end, at, lines, is_spaced=is_spaced)]


def _last_before(mapping: Span, key: str, order: Sequence[str]) -> int | None:
    """Which of the mapping's pairs a new key follows; None if it comes before all of them."""
    keys = [each.text for each in mapping.children[::2]]
    if key not in order:
        return len(keys) - 1
    earlier = order[: order.index(key)]
    return max((at for at, each in enumerate(keys) if each in earlier), default=None)


def _first(
    text: str, holder: Slot, value: list[Value] | dict[str, Value], manner: Manner
) -> list[Splice]:
    """A value in the place of nothing, of a null or of empty brackets."""
    held, colon = holder.value, after_colon(text, holder)
    if held.is_flow and text[held.content + 1 : held.end - 1].strip():  # a comment in brackets
        return into_brackets(text, held, [on_one_line(value)[1:-1]], None)
    at = column(text, holder.key.start)
    is_short = len(pair_lines(holder.key.text, value, at, manner)) == 1
    is_of_texts = isinstance(value, list) and is_short
    if colon is None or is_of_texts or _stands_apart(text, holder, colon):
        return _in_place(text, holder, value)
    lines = (
        entry_lines(holder.key.text, value, at + manner.step, manner)
        if isinstance(value, Mapping)
        else list_lines(holder.key.text, [*value], at + manner.dash, manner)
    )
    return [*_emptied(text, held, colon), _below(text, held.end, at, lines, is_spaced=False)]


def _stands_apart(text: str, holder: Slot, colon: int) -> bool:
    """Whether a value stands between brackets, behind an anchor or on a line below its key."""
    held = holder.value
    return holder.in_flow or held.start != held.content or line_stop(text, colon) < held.start


def _emptied(text: str, held: Span, colon: int) -> list[Splice]:
    """What takes a null or empty brackets from a key's line and leaves a comment there."""
    if held.start == held.end:
        return []
    stop = line_stop(text, held.end)
    if text[held.end : stop].strip():
        return [Splice(held.start, held.end, "")]
    return [Splice(colon, stop, "")]


def _below(text: str, end: int, at: int, lines: Sequence[str], *, is_spaced: bool) -> Splice:
    """Lines below what ends there, and below the comments that belong to it."""
    stop = stop_below(text, end, at)
    blank = "\n" if is_spaced else ""
    return Splice(stop, stop, blank + "".join(f"\n{line}" for line in lines))


def _is_spaced(text: str, parts: Sequence[Span], step: int = 1, *, default: bool = False) -> bool:
    """Whether blank lines part most of the last parts; ``step`` 2 for keys that have values.

    Of a single part nothing can be told: ``default``.
    """
    last = parts[-2 * _LOOKED_AT * step :]
    gaps = [
        with_feeds(text[before.end : after.start]).split("\n")[1:-1]
        for before, after in zip(last[step - 1 :: step], last[step::step], strict=False)
    ]
    if not gaps:
        return default
    return 2 * sum(any(not line.strip() for line in gap) for gap in gaps) > len(gaps)


_LOOKED_AT = 8


def prepend_items(text: str, holder: Slot, items: Sequence[Value], manner: Manner) -> list[Splice]:
    """Further items at the start of the list that the slot holds, or the first ones."""
    held = holder.value
    if held.kind != "list" or not held.children:
        return add_items(text, holder, items, manner)
    if held.is_flow:
        return into_brackets(text, held, [*map(on_one_line, items)], None)
    at = dash_column(text, held)
    is_flow = held.children[0].is_flow if held.children[0].kind == "mapping" else None
    lines = [line for item in items for line in item_lines(item, at, manner, is_flow=is_flow)]
    return [Splice(held.content, held.content, "\n".join([*lines, " " * at])[at:])]


# --------------------------------------------------------------------------------------- changing


def set_value(text: str, holder: Slot, value: Value, manner: Manner) -> list[Splice]:
    """Another value under a key; a text keeps the quotation marks that the old one has."""
    held, colon = holder.value, after_colon(text, holder)
    at = column(text, holder.key.start)
    lines = pair_lines(holder.key.text, value, at, manner)
    is_below = held.kind in ("list", "mapping") and not held.is_flow
    if colon is None or holder.in_flow or (len(lines) == 1 and not is_below):
        return _in_place(text, holder, value)
    head = " " * at + key_text(holder.key.text) + ":"
    return _overwritten(text, colon, held, [lines[0][len(head) :], *lines[1:]])


def _overwritten(text: str, colon: int, held: Span, lines: Sequence[str]) -> list[Splice]:
    """Lines in the place of what stands behind a colon; comments beside its ends stay."""
    stop = line_stop(text, held.end)
    # A comment beside the last line would be text below the head of a block scalar.
    body = _last_block(lines) if text[held.end : stop].strip() else len(lines)
    first, *others = lines[:body]
    below = "".join(f"\n{line}" for line in others)
    splices = [Splice(colon, held.end, first + below)]
    if (gap := _comment_behind(text, colon, held)) is not None:
        splices = [Splice(colon, gap.start, first), Splice(gap.end, held.end, below)]
    return [*splices, Splice(stop, stop, "".join(f"\n{line}" for line in lines[body:]))]


def _comment_behind(text: str, colon: int, held: Span) -> Splice | None:
    """Where the comment may stand that ends a key's line while its value goes on below."""
    stop = line_stop(text, colon)
    if stop < held.start:
        return Splice(colon, stop, "")
    return _comment_of_block(text, held) if held.style in ("|", ">") else None


def _comment_of_block(text: str, held: Span) -> Splice:
    """What stands behind the signs at the head of a block scalar."""
    signs = _BLOCK_SIGNS.match(text, held.content)
    stop = line_stop(text, held.content)
    return Splice(signs.end() if signs else stop, stop, "")


def _last_block(lines: Sequence[str]) -> int:
    """Where the text of the block scalar begins that the lines end in; their number if in none."""
    at = 0
    while at < len(lines):
        head = lines[at]
        at = begin = at + 1
        if _BLOCK_HEAD.search(head):
            key = len(head) - len(head.lstrip(" -")) if head.strip() else 0
            while at < len(lines) and (not lines[at] or indentation(lines[at], 0) > key):
                at += 1
            if at == len(lines):
                return begin
    return len(lines)


_BLOCK_HEAD = re.compile(r"(?:^|:) [|>]-$")


def _in_place(text: str, holder: Slot, value: Value) -> list[Splice]:
    """A value on one line in the place of another, or behind a key that has not even a colon."""
    key, held = holder.key, holder.value
    if after_colon(text, holder) is not None:
        return respelling(text, held, value)
    before = "" if holder.in_flow else "\n" + " " * column(text, pair_start(text, key))
    return [Splice(key.end, key.end, f"{before}: {on_one_line(value)}")]


def respelling(text: str, held: Span, new: Value) -> list[Splice]:
    """Another value in the place of one; a text keeps the quotation marks around it."""
    space = " " if held.content == held.end and not text[held.end - 1].isspace() else ""
    written = space + _in_place_of(held, new)
    if held.style not in ("|", ">"):
        return [Splice(held.content, held.end, written)]
    gap = _comment_of_block(text, held)
    body = text[gap.end : held.end]
    if isinstance(new, str) and _is_line(new) and body.strip() == held.text.rstrip("\n"):
        start = gap.end + len(body) - len(body.lstrip())
        return [Splice(start, start + len(body.strip()), new)]
    return [Splice(held.content, gap.start, written), Splice(gap.end, held.end, "")]


def _is_line(text: str) -> bool:
    """Whether a text may be the one line of a block scalar."""
    return bool(text) and "\n" not in text and stands_as_block(text)


_BLOCK_SIGNS = re.compile(r"[|>][-+0-9]*")


def _in_place_of(held: Span, value: Value) -> str:
    """The value on one line, a text between the quotation marks that the old one stands in."""
    if isinstance(value, str) and held.style in ("'", '"'):
        return between_quotes(value, held.style)
    return on_one_line(value)
