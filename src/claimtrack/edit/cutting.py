"""What goes of a text with an item or a key that is taken out: the smallest splices that do it.

Its line goes, and with it the comments in it and the deeper ones below; those above it stay.
"""

from __future__ import annotations

import re

from claimtrack.edit.brackets import out_of_brackets
from claimtrack.edit.filetext import Splice, column, line_start, line_stop, next_line
from claimtrack.edit.slots import Slot, dash, pair_start, refuse_alias, stop_below
from claimtrack.reading.spans import Span


def drop_item(text: str, holder: Slot, index: int) -> list[Splice]:
    """What takes an item out of a list, with the comments in it; those above it stay."""
    refuse_alias(holder)
    held = holder.value
    if held.is_flow:
        return out_of_brackets(text, held, index)
    start, end = dash(text, held, index), held.children[index].end
    is_last = index == len(held.children) - 1
    if text[line_start(text, start) : start].strip():  # it shares the line of what holds the list
        return [Splice(start, end, "[]") if is_last else Splice(start, dash(text, held, 1), "")]
    lines = _lines_out(text, start, end, column(text, start), is_last=is_last)
    if len(held.children) > 1 or held.start == held.content:
        return [lines]
    named = _end_of_names(text, held)  # a tag wants a list
    return [Splice(named, named, " []"), lines]


def _end_of_names(text: str, held: Span) -> int:
    """Where the anchor and the tag of something end, on the line that they stand on."""
    end = held.start
    while (found := _NAME.match(text, end)) and found.end() <= held.content:
        end = found.end()
    return end


_NAME = re.compile(r"[ \t]*[&!][^\s]*")


def item_stretch(text: str, holder: Slot, index: int) -> tuple[int, int]:
    """Where the lines of an item of a block list begin and end, its deeper comments included."""
    start, end = dash(text, holder.value, index), holder.value.children[index].end
    return line_start(text, start), stop_below(text, end, column(text, start))


def drop_pair(text: str, mapping: Span, key: str) -> list[Splice]:
    """What takes a key and its value out of a mapping; what has no other is left empty."""
    keys = [each.text for each in mapping.children[::2]]
    index = keys.index(key)
    if mapping.is_flow:
        return out_of_brackets(text, mapping, index)
    own, value = mapping.pairs[index]
    if len(keys) == 1:
        return [Splice(mapping.content, value.end, "{}")]
    start, at = pair_start(text, own), column(text, mapping.content)
    if text[line_start(text, start) : start].strip():  # it shares the line of a dash
        return [Splice(start, pair_start(text, mapping.pairs[index + 1][0]), "")]
    return [_lines_out(text, start, value.end, at, is_last=index == len(keys) - 1)]


def _lines_out(text: str, start: int, end: int, at: int, *, is_last: bool) -> Splice:
    """Whole lines, the deeper comments below them, and one side of the blank lines around them.

    Of the last part that is the side that parts it from the others, which a new one comes with.
    """
    begin, stop = line_start(text, start), next_line(text, stop_below(text, end, at))
    if is_last:
        begin = _without_blank_lines(text, begin)
    elif begin and _is_blank(text, line_start(text, begin - 1)):
        while stop < len(text) and _is_blank(text, stop):
            stop = next_line(text, stop)
    if stop == len(text) and begin and not text.endswith(("\n", "\r")):
        begin = line_stop(text, line_start(text, begin - 1))  # the last line has no end
    return Splice(begin, stop, "")


def _is_blank(text: str, start: int) -> bool:
    return not text[start : line_stop(text, start)].strip()


def _without_blank_lines(text: str, begin: int) -> int:
    while begin and _is_blank(text, line_start(text, begin - 1)):
        begin = line_start(text, begin - 1)
    return begin
