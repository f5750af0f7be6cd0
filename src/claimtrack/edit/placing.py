"""Where new text goes among what is written: the smallest splices that add, change or remove.

Each function takes a file's text and spans of it, and gives splices; nothing else of the text is
touched. A comment stays where it is. One that stands deeper than a key or a dash, right below the
last line under it, belongs there, and new text goes below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from claimtrack.diagnostic import ClaimtrackError
from claimtrack.edit.brackets import into_brackets, out_of_brackets
from claimtrack.edit.filetext import Splice, column, indentation, line_start, line_stop, next_line
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
)
from claimtrack.reading.spans import Span


class WrittenElsewhere(ClaimtrackError):
    """A part that is written as an alias of something that stands elsewhere."""

    def __init__(self, what: str, anchor: str) -> None:
        super().__init__(
            f"'{what}' is written as the alias '*{anchor}' of something that stands elsewhere; "
            "write it out first, or change it there by hand"
        )


@dataclass(frozen=True, slots=True)
class Slot:
    """A key of a mapping and its value."""

    key: Span
    value: Span
    in_flow: bool
    """Whether they stand between brackets."""


def slot(mapping: Span, key: str) -> Slot | None:
    """The mapping's first key of that text with its value."""
    found = mapping.pair(key)
    return None if found is None else Slot(*found, in_flow=mapping.is_flow)


def manner_of(mappings: Iterable[Span], text: str) -> Manner:
    """How mappings of a file are laid out, as the first list and mapping under their keys show."""
    dashes: list[int] = []
    steps: list[int] = []
    styles: dict[str, bool] = {}
    for key, value in (pair for mapping in mappings for pair in mapping.pairs):
        if value.kind == "list" and value.children:
            styles.setdefault(
                key.text, value.children[-1].kind == "mapping" and value.children[-1].is_flow
            )
        if value.is_flow or not value.children:
            continue
        if value.kind == "list":
            dashes.append(_dash_column(text, value) - column(text, key.start))
        else:
            steps.append(column(text, value.content) - column(text, key.start))
    flow = frozenset(key for key, is_flow in styles.items() if is_flow)
    return Manner(next(iter(dashes), 2), next(iter(steps), 2), flow)


# ----------------------------------------------------------------------------------------- adding


def add_items(text: str, holder: Slot, items: Sequence[Value], manner: Manner) -> list[Splice]:
    """Further items at the end of the list that the slot holds, or the first ones."""
    held = holder.value
    _refuse_alias(holder)
    if held.kind != "list" or not held.children:
        return _first(text, holder, list(items), manner)
    if held.is_flow:
        flow = (on_one_line(item) for item in items)
        last_index = len(held.children) - 1
        return [s for item in flow for s in into_brackets(text, held, item, last_index)]
    at, last = _dash_column(text, held), held.children[-1]
    is_flow = last.is_flow if last.kind in ("list", "mapping") else None
    is_spaced = _is_spaced(text, held.children, default=holder.key.text == "claims")
    each = [item_lines(item, at, manner, is_flow=is_flow) for item in items]
    return [_below(text, held.end, at, lines, is_spaced=is_spaced) for lines in each]


def add_pairs(text: str, holder: Slot, pairs: Mapping[str, Value], manner: Manner) -> list[Splice]:
    """Further keys at the end of the mapping that the slot holds, or its first ones.

    Their values are laid out as that of the last key is.
    """
    held = holder.value
    _refuse_alias(holder)
    if held.kind != "mapping" or not held.children:
        return _first(text, holder, dict(pairs), manner)
    last = held.children[-1]
    is_flow = last.is_flow if last.kind == "mapping" else None
    return [
        splice
        for key, value in pairs.items()
        for splice in add_key(text, held, key, value, (), manner, is_flow=is_flow)
    ]


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
        return into_brackets(text, mapping, f"{key_text(key)}: {on_one_line(value)}", before)
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


def _refuse_alias(holder: Slot) -> None:
    if holder.value.kind == "alias":
        raise WrittenElsewhere(holder.key.text, holder.value.text)


def _first(
    text: str, holder: Slot, value: list[Value] | dict[str, Value], manner: Manner
) -> list[Splice]:
    """A value in the place of nothing, of a null or of empty brackets."""
    held = holder.value
    if holder.in_flow or held.start != held.content:  # between brackets, or behind an anchor
        space = "" if text[held.content - 1].isspace() else " "
        return [Splice(held.content, held.end, space + on_one_line(value))]
    at = column(text, holder.key.start)
    lines = (
        entry_lines(holder.key.text, value, at + manner.step, manner)
        if isinstance(value, Mapping)
        else list_lines(holder.key.text, [*value], at + manner.dash, manner)
    )
    stop = line_stop(text, held.end)
    added = Splice(stop, stop, "".join(f"\n{line}" for line in lines))
    return [*_emptied(text, holder, stop), added]


def _emptied(text: str, holder: Slot, stop: int) -> list[Splice]:
    """What takes a null or empty brackets from a key's line and leaves a comment there."""
    held = holder.value
    if held.start == held.end:
        return []
    if text[held.end : stop].strip():
        return [Splice(held.start, held.end, "")]
    return [Splice(after_colon(text, holder.key), held.end, "")]


def after_colon(text: str, key: Span) -> int:
    """Where the value of a key may begin."""
    return text.index(":", key.end) + 1


def _below(text: str, end: int, at: int, lines: Sequence[str], *, is_spaced: bool) -> Splice:
    """Lines below what ends there, and below the comments that belong to it."""
    stop = _stop_below(text, end, at)
    blank = "\n" if is_spaced else ""
    return Splice(stop, stop, blank + "".join(f"\n{line}" for line in lines))


def _stop_below(text: str, end: int, at: int) -> int:
    stop = line_stop(text, end)
    while (start := next_line(text, stop)) > stop and _is_comment_deeper(text, start, at):
        stop = line_stop(text, start)
    return stop


def _is_comment_deeper(text: str, start: int, at: int) -> bool:
    line = text[start : line_stop(text, start)]
    return line.lstrip().startswith("#") and indentation(text, start) > at


def _is_spaced(text: str, parts: Sequence[Span], step: int = 1, *, default: bool = False) -> bool:
    """Whether blank lines part most of the last parts; ``step`` 2 for keys that have values.

    Of a single part nothing can be told: ``default``.
    """
    last = parts[-2 * _LOOKED_AT * step :]
    gaps = [
        text[before.end : after.start].split("\n")[1:-1]
        for before, after in zip(last[step - 1 :: step], last[step::step], strict=False)
    ]
    if not gaps:
        return default
    return 2 * sum(any(not line.strip() for line in gap) for gap in gaps) > len(gaps)


_LOOKED_AT = 8


def dash(text: str, sequence: Span, index: int) -> int:
    """Where the dash of an item of a block list stands."""
    if not index:
        return sequence.content
    at = sequence.children[index - 1].end
    while text[at] != "-":
        at = line_stop(text, at) if text[at] == "#" else at + 1
    return at


def _dash_column(text: str, sequence: Span) -> int:
    return column(text, dash(text, sequence, 0))


def prepend_items(text: str, holder: Slot, items: Sequence[Value], manner: Manner) -> list[Splice]:
    """Further items at the start of the list that the slot holds, or the first ones."""
    held = holder.value
    if held.kind != "list" or not held.children:
        return add_items(text, holder, items, manner)
    if held.is_flow:
        return into_brackets(text, held, ", ".join(map(on_one_line, items)), None)
    at = _dash_column(text, held)
    is_flow = held.children[0].is_flow if held.children[0].kind == "mapping" else None
    lines = [line for item in items for line in item_lines(item, at, manner, is_flow=is_flow)]
    return [Splice(held.content, held.content, "\n".join([*lines, " " * at])[at:])]


# --------------------------------------------------------------------------------------- changing


def set_value(text: str, holder: Slot, value: Value, manner: Manner) -> list[Splice]:
    """Another value under a key; a text keeps the quotation marks that the old one has."""
    held = holder.value
    at = column(text, holder.key.start)
    lines = pair_lines(holder.key.text, value, at, manner)
    is_below = held.kind in ("list", "mapping") and not held.is_flow
    if holder.in_flow or (len(lines) == 1 and not is_below):
        return [respelling(text, held, value)]
    head = " " * at + key_text(holder.key.text) + ":"
    return [Splice(after_colon(text, holder.key), held.end, "\n".join(lines)[len(head) :])]


def respelling(text: str, held: Span, new: Value) -> Splice:
    """Another value in the place of one; a text keeps the quotation marks around it."""
    space = " " if held.start == held.end and not text[held.start - 1].isspace() else ""
    return Splice(held.content, held.end, space + _in_place_of(held, new))


def _in_place_of(held: Span, value: Value) -> str:
    """The value on one line, a text between the quotation marks that the old one stands in."""
    if isinstance(value, str) and held.style in ("'", '"'):
        return between_quotes(value, held.style)
    return on_one_line(value)


# --------------------------------------------------------------------------------------- removing


def drop_item(text: str, holder: Slot, index: int) -> list[Splice]:
    """What takes an item out of a list, with the comments in it; those above it stay."""
    _refuse_alias(holder)
    held = holder.value
    if held.is_flow:
        return out_of_brackets(text, held, index)
    start, end = dash(text, held, index), held.children[index].end
    at = column(text, start)
    if text[line_start(text, start) : start].strip():  # the first of a list within a list
        return [Splice(start, dash(text, held, index + 1), "")]
    return [_lines_out(text, start, end, at)]


def item_stretch(text: str, holder: Slot, index: int) -> tuple[int, int]:
    """Where the lines of an item of a block list begin and end, its deeper comments included."""
    start = dash(text, holder.value, index)
    at = column(text, start)
    return line_start(text, start), _below(
        text, holder.value.children[index].end, at, (), is_spaced=False
    ).start


def drop_pair(text: str, mapping: Span, key: str) -> list[Splice]:
    """What takes a key and its value out of a mapping that has others."""
    keys = [each.text for each in mapping.children[::2]]
    index = keys.index(key)
    if mapping.is_flow:
        return out_of_brackets(text, mapping, index)
    own, value = mapping.pairs[index]
    at = column(text, mapping.content)
    if text[line_start(text, own.start) : own.start].strip():  # it shares the line of a dash
        return [Splice(own.start, mapping.pairs[index + 1][0].start, "")]
    return [_lines_out(text, own.start, value.end, at)]


def _lines_out(text: str, start: int, end: int, at: int) -> Splice:
    """Whole lines, the deeper comments below them, and one side of the blank lines around them."""
    begin, stop = line_start(text, start), next_line(text, end)
    while stop < len(text) and _is_comment_deeper(text, stop, at):
        stop = next_line(text, stop)
    if begin and _is_blank(text, line_start(text, begin - 1)):
        while stop < len(text) and _is_blank(text, stop):
            stop = next_line(text, stop)
        if stop == len(text):  # nothing follows that the blank lines above would part from this
            return Splice(_without_blank_lines(text, begin), stop, "")
    return Splice(begin, stop, "")


def _is_blank(text: str, start: int) -> bool:
    return not text[start : line_stop(text, start)].strip()


def _without_blank_lines(text: str, begin: int) -> int:
    while begin and _is_blank(text, line_start(text, begin - 1)):
        begin = line_start(text, begin - 1)
    return begin
