"""A drawing of places or choices as trees: each value below what it is part of.

Text in, lines out. Roots that have nothing in common stand below one another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claimtrack.frozen import frozen
from claimtrack.render.drawing import Drawing, cut, filled
from claimtrack.render.visible import visible


@frozen
class Leaf:
    """A value that a position holds or denies, by its key in the tree."""

    number: int
    key: str
    denied: bool = False


@frozen
class Forest:
    """Which node is part of which, and what each is called: nodes not listed are roots."""

    parents: Mapping[str, str | None]
    names: Mapping[str, str]


_CHAIN = 3
"""Names in a chain of nodes that nobody holds; of a longer one the middle is left out."""

_SHORTEST = 8
"""Columns that a name has, however deep it stands."""


def draw_tree(leaves: Sequence[Leaf], forest: Forest, width: int) -> Drawing:
    """The values and all that they are part of, each value with the numbers of its positions."""
    marks = _marks(leaves)
    children = _children(marks, forest)
    lines: list[str] = []
    pending = [_Branch(root, "", "") for root in reversed(children.pop(None, []))]
    while pending:
        branch = pending.pop()
        chain = _chain(branch.key, children, marks)
        told = "".join(f"  {mark}" for mark in marks.get(chain[-1], ()))
        room = max(width - len(branch.before) - len(told), _SHORTEST)
        lines.append(cut(f"{branch.before}{_chain_words(chain, forest, room)}{told}", width))
        below = children.get(chain[-1], [])
        for index, child in reversed(list(enumerate(below))):
            last = index == len(below) - 1
            pending.append(
                _Branch(
                    child,
                    f"{branch.after}{'└─ ' if last else '├─ '}",
                    f"{branch.after}{'   ' if last else '│  '}",
                )
            )
    return Drawing(tuple(lines), filled(_signs(leaves), width))


@frozen
class _Branch:
    """A node that is still to be drawn: what stands before its name, and before those below it."""

    key: str
    before: str
    after: str


def _marks(leaves: Sequence[Leaf]) -> dict[str, list[str]]:
    marks: dict[str, list[str]] = {}
    for leaf in leaves:
        mark = f"╳ {leaf.number}" if leaf.denied else f"● {leaf.number}"
        held = marks.setdefault(leaf.key, [])
        if mark not in held:
            held.append(mark)
    return marks


def _children(marks: Mapping[str, object], forest: Forest) -> dict[str | None, list[str]]:
    """What stands below each node that is drawn, by name; the roots stand below None."""
    found: dict[str | None, list[str]] = {}
    seen: set[str] = set()
    for start in marks:
        node: str | None = start
        while node is not None and node not in seen:
            seen.add(node)
            parent = forest.parents.get(node)
            found.setdefault(parent, []).append(node)
            node = parent
    for below in found.values():
        below.sort(key=lambda key: (forest.names.get(key, key), key))
    return found


def _chain(
    key: str, children: Mapping[str | None, Sequence[str]], marks: Mapping[str, object]
) -> list[str]:
    """A node and those below it for as long as nobody holds it and only one stands below it."""
    chain = [key]
    while chain[-1] not in marks and len(children.get(chain[-1], ())) == 1:
        chain += children[chain[-1]]
    return chain


def _chain_words(chain: Sequence[str], forest: Forest, room: int) -> str:
    """``Asia › Central Asia › Kazakhstan``, or as much of that as there is room for."""
    names = [visible(forest.names.get(key, key)) for key in chain]
    ways = [names] if len(names) <= _CHAIN else []
    ways += [[names[0], "…", names[-1]], ["…", names[-1]]] if len(names) > 1 else []
    told = (" › ".join(way) for way in ways)
    return next((words for words in told if len(words) <= room), cut(names[-1], room))


def _signs(leaves: Sequence[Leaf]) -> list[str]:
    meanings = {
        "● held by that position": any(not leaf.denied for leaf in leaves),
        "╳ denied by it": any(leaf.denied for leaf in leaves),
    }
    return [meaning for meaning, used in meanings.items() if used]
