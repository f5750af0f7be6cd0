"""Changes to a draft, gathered as splices and as what its entries are to mean afterwards.

Every operation does one thing twice: to the text, by splices, and to the meaning of an entry. What
the changed text is then read as has to be exactly what the second gives: see proposal.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from claimtrack.edit.cutting import drop_item, drop_pair, item_stretch
from claimtrack.edit.draft import Draft, EntryKey, Section
from claimtrack.edit.entry_spans import EntrySpans, LaidOutOtherwise
from claimtrack.edit.filetext import Splice, line_start, lines_that_differ, with_feeds
from claimtrack.edit.meaning import Meaning, meaning, meaning_of
from claimtrack.edit.placing import (
    add_items,
    add_key,
    add_pairs,
    make_list,
    manner_of,
    prepend_items,
    respelling,
    set_value,
)
from claimtrack.edit.revising import Step, revised
from claimtrack.edit.slots import Slot, slot
from claimtrack.edit.yamlwriting import Manner, Value, pair_lines
from claimtrack.frozen import frozen
from claimtrack.reading.fitting import Entry
from claimtrack.reading.nodes import Mapping as Mapped
from claimtrack.reading.nodes import Scalar
from claimtrack.reading.schema import (
    ClaimShape,
    EntityShape,
    PropertyShape,
    ReviewShape,
    SourceShape,
    keys_of,
)
from claimtrack.reading.sections import SECTIONS
from claimtrack.reading.spans import Position, Span

Steps = tuple[str | int, ...]
"""Keys and indices that lead from an entry to a part of it."""

_ORDER: Mapping[Section, Sequence[str]] = {
    "sources": keys_of(SourceShape),
    "entities": keys_of(EntityShape),
    "properties": keys_of(PropertyShape),
    "claims": keys_of(ClaimShape),
    "reviews": keys_of(ReviewShape),
}


@frozen
class Change:
    """Splices by file, and what the entries that they touch are to mean; None: to be gone."""

    splices: Mapping[str, Sequence[Splice]]
    expected: Mapping[EntryKey, Meaning | None]
    free: frozenset[EntryKey] = frozenset()
    """Entries that may mean anything afterwards, and are to be there."""


class Manuscript:
    """A draft with changes to it. Operations raise WrittenElsewhere and LaidOutOtherwise."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self._splices: dict[str, list[Splice]] = {}
        self._spans = EntrySpans(draft)
        self._steps: dict[EntryKey, list[Step]] = {}
        self._first_step: dict[EntryKey, list[Splice]] = {}
        self._touched: dict[EntryKey, list[Callable[[Any], object]]] = {}
        self._new: dict[EntryKey, Meaning] = {}
        self._gone: set[EntryKey] = set()
        self._free: set[EntryKey] = set()
        self._renamed: dict[EntryKey, EntryKey] = {}
        self._respelt: dict[str, dict[Position, str]] = {}

    def change(self) -> Change:
        """All that was gathered so far."""
        splices: dict[str, list[Splice]] = {}
        respelt = {file: self._respellings(file) for file in self._respelt}
        for key in self._steps:
            file = self.entry(key).file
            splices.setdefault(file, []).extend(self._revised(key, respelt.get(file, {})))
        for file, by_position in respelt.items():
            splices.setdefault(file, []).extend(s for each in by_position.values() for s in each)
        for file, others in self._splices.items():  # a new entry comes after what its last one gets
            splices.setdefault(file, []).extend(others)
        return Change(splices, {**self._expected(), **self._new}, frozenset(self._free))

    def _respellings(self, file: str) -> dict[Position, list[Splice]]:
        """Without those in what is removed: a text elsewhere may be an alias of one there."""
        texts, text = self._respelt[file], self._text(file)
        known = self._spans.scalars(file, texts)
        gone = [self._spans.span(e) for e in map(self.entry, self._gone) if e.file == file]
        return {
            at: respelling(text, known[at], new)
            for at, new in texts.items()
            if not any(each.start <= known[at].start < each.end for each in gone)
        }

    def _revised(self, key: EntryKey, respelt: dict[Position, list[Splice]]) -> list[Splice]:
        """The steps of one entry; what is respelt within it is taken along."""
        entry = self.entry(key)
        span, text = self._spans.span(entry), self._text(entry.file)
        within = [at for at, (s, *_) in respelt.items() if span.content <= s.start < span.end]
        if len(self._steps[key]) == 1 and not within:
            return self._first_step[key]
        taken = [splice for at in within for splice in respelt.pop(at)]
        return revised(text, span, taken, self._steps[key])

    def _expected(self) -> dict[EntryKey, Meaning | None]:
        expected: dict[EntryKey, Meaning | None] = dict.fromkeys([*self._gone, *self._renamed])
        for key, operations in self._touched.items():
            entry = self.entry(key)
            means = meaning(entry.node, self._respelt.get(entry.file))
            for operation in operations:
                operation(means)
            expected[self._renamed.get(key, key)] = means
        return expected

    # ------------------------------------------------------------------------------ new entries

    def add_claim(self, claim: Mapping[str, Value], file: str) -> None:
        """A claim at the end of the file's claims."""
        self.add_claims([claim], file)

    def add_claims(self, claims: Sequence[Mapping[str, Value]], file: str) -> None:
        """Several claims at the end of the file's claims."""
        for claim in claims:
            self._new[EntryKey("claims", str(claim["id"]))] = meaning_of(claim)
        self._append("claims", claims, file)

    def add_review(self, review: Mapping[str, Value], file: str) -> None:
        """A review at the end of the file's reviews.

        Only the last file that has reviews takes one: of several the last in file order counts.
        """
        number = len(self.draft.entries.reviews)
        self._new[EntryKey("reviews", str(number))] = meaning_of(review)
        self._append("reviews", [review], file)

    def add_entry(self, key: EntryKey, value: Mapping[str, Value], file: str) -> None:
        """A source, an entity or a property at the end of the file's section."""
        self.add_entries(key.section, {key.id: value}, file)

    def add_entries(
        self, section: Section, entries: Mapping[str, Mapping[str, Value]], file: str
    ) -> None:
        """Several sources, entities or properties at the end of the file's section."""
        self._new |= {EntryKey(section, key): meaning_of(value) for key, value in entries.items()}
        holder = self._spans.section(file, section)
        if holder is None:
            self._add_section(section, entries, file)
        else:
            self._splice(
                file, add_pairs(self._text(file), holder, entries, self._spans.manner(file))
            )

    def _append(self, section: Section, items: Sequence[Value], file: str) -> None:
        holder = self._spans.section(file, section)
        if holder is None:
            self._add_section(section, items, file)
        else:
            self._splice(file, add_items(self._text(file), holder, items, self._spans.manner(file)))

    def _add_section(self, section: Section, value: Value, file: str) -> None:
        root, text, manner = self._spans.root(file), self._text(file), self._spans.manner(file)
        if root is not None and root.kind == "mapping":
            added = add_key(text, root, section, value, SECTIONS, manner, is_flow=False)
            self._splice(file, added)
            return
        if root is not None and root.start != root.end:
            raise LaidOutOtherwise(file, "what stands")
        lines = "".join(
            f"{line}\n" for line in pair_lines(section, value, 0, manner, is_flow=False)
        )
        start = "\n" if text and not text.endswith(("\n", "\r")) else ""
        self._splice(file, [Splice(len(text), len(text), start + lines)])

    # ------------------------------------------------------------------------ parts of an entry

    def append(self, key: EntryKey, path: Steps, items: Sequence[Value]) -> None:
        """Further items of a list in an entry; the list itself if it lacks one.

        A mapping that stands there by itself becomes the first item.
        """

        def operation(means: Any) -> None:
            holder = _at(means, path[:-1])
            held = holder.get(path[-1])
            before = held if isinstance(held, list) else [held] if isinstance(held, dict) else []
            holder[path[-1]] = [*before, *map(meaning_of, items)]

        def placed(text: str, holder: Span, found: Slot | None, manner: Manner) -> list[Splice]:
            if found is None:
                order = _ORDER[key.section]
                return add_key(text, holder, str(path[-1]), list(items), order, manner)
            if found.value.kind == "mapping" and found.value.children:
                return make_list(text, found, items, manner)
            return add_items(text, found, items, manner)

        self._operate(key, path, operation, placed)

    def prepend(self, key: EntryKey, path: Steps, items: Sequence[Value]) -> None:
        """Further items before those of a list in an entry, which has it."""

        def operation(means: Any) -> None:
            _at(means, path)[:0] = map(meaning_of, items)

        self._operate(
            key,
            path,
            operation,
            lambda text, _, found, manner: (
                prepend_items(text, found, items, manner) if found else []
            ),
        )

    def set(self, key: EntryKey, path: Steps, value: Value) -> None:
        """A key of an entry, whatever it held."""

        def operation(means: Any) -> None:
            _at(means, path[:-1])[path[-1]] = meaning_of(value)

        def placed(text: str, holder: Span, found: Slot | None, manner: Manner) -> list[Splice]:
            if found is None:
                return add_key(text, holder, str(path[-1]), value, _ORDER[key.section], manner)
            return set_value(text, found, value, manner)

        self._operate(key, path, operation, placed)

    def drop_item(self, key: EntryKey, path: Steps, index: int) -> None:
        """An item of a list in an entry, which keeps others."""
        self._operate(
            key,
            path,
            lambda means: _at(means, path).pop(index),
            lambda text, _, found, __: drop_item(text, found, index) if found else [],
        )

    def drop(self, key: EntryKey, path: Steps) -> None:
        """A key of an entry, with all that it holds."""
        self._operate(
            key,
            path,
            lambda means: _at(means, path[:-1]).pop(path[-1]),
            lambda text, holder, _, __: drop_pair(text, holder, str(path[-1])),
        )

    def remove(self, key: EntryKey) -> None:
        """An entry as a whole. Comments above it stay."""
        self._gone.add(key)
        entry = self.entry(key)
        span, text = self._spans.span(entry), self._text(entry.file)
        holder = self._spans.section(entry.file, key.section)
        if holder is not None and holder.value.kind == "list":
            index = _index(holder.value.children, span, entry.file)
            self._splice(entry.file, drop_item(text, holder, index))
        elif holder is not None and holder.value.kind == "mapping":
            self._splice(entry.file, drop_pair(text, holder.value, key.id))
        else:
            raise LaidOutOtherwise(entry.file, f"'{key.id}'")

    def respell(self, key: EntryKey, scalar: Scalar, text: str) -> None:
        """A text of an entry, wherever it stands in it; an alias follows its anchor."""
        file = self.entry(key).file
        self._respelt.setdefault(file, {})[scalar.line, scalar.column] = text
        self._touched.setdefault(key, [])

    def rename(self, key: EntryKey, new: str) -> None:
        """Another id for a claim, a source, an entity or a property; nothing that names it."""
        entry = self.entry(key)
        self._respelt.setdefault(entry.file, {})[entry.line, entry.column] = new
        self._touched.setdefault(key, [])
        self._renamed[key] = EntryKey(key.section, new)

    # ---------------------------------------------------------------------------------- finding

    def entry(self, key: EntryKey) -> Entry[Any]:
        """An entry as written. Raises KeyError."""
        found = self.draft.entry(key)
        if found is None:
            raise KeyError(key)
        return found

    def has_comments(self, key: EntryKey) -> bool:
        """Whether comments stand within an entry."""
        entry = self.entry(key)
        span = self._spans.span(entry)
        lines = self._text(entry.file)[span.start : span.end].splitlines()
        return any(line.lstrip().startswith("#") for line in lines)

    def comment_above(self, key: EntryKey) -> int | None:
        """The line of a comment right above an entry, from 1."""
        entry = self.entry(key)
        text = self._text(entry.file)
        start = line_start(text, self._spans.span(entry).start)
        above = text[line_start(text, start - 1) : start] if start else ""
        return with_feeds(text[:start]).count("\n") if above.lstrip().startswith("#") else None

    def stretch(self, key: EntryKey) -> Splice:
        """A claim's own text: its lines in a block list, with the deeper comments below them."""
        entry = self.entry(key)
        span, text = self._spans.span(entry), self._text(entry.file)
        holder = self._spans.section(entry.file, key.section)
        if holder is None or holder.value.is_flow or holder.value.kind != "list":
            return Splice(span.start, span.end, text[span.start : span.end])
        index = _index(holder.value.children, span, entry.file)
        start, end = item_stretch(text, holder, index)
        return Splice(start, end, text[start:end])

    def rewrite(self, key: EntryKey, text: str) -> None:
        """Another text in the place of a claim's own, whatever it means; equal lines stay."""
        self._free.add(key)
        self._splice(self.entry(key).file, lines_that_differ(self.stretch(key), text))

    def keys(self, key: EntryKey) -> list[str]:
        """The keys that an entry has."""
        node = self.entry(key).node
        pairs = node.entries if isinstance(node, Mapped) else ()
        return [name.text for name, _ in pairs if isinstance(name, Scalar)]

    def expect(self, keys: Iterable[EntryKey]) -> None:
        """Find several entries at once: each by itself would cost a pass over its file."""
        self._spans.expect(map(self.entry, keys))

    def _operate(
        self,
        key: EntryKey,
        path: Steps,
        operation: Callable[[Any], object],
        placed: Callable[[str, Span, Slot | None, Manner], list[Splice]],
    ) -> None:
        file, span = self.entry(key).file, self._spans.span(self.entry(key))
        usual = self._spans.manner(file)

        def step(text: str, entry: Span) -> list[Splice]:
            holder = _descend(entry, path[:-1], file)
            manner = manner_of([holder], text, usual)
            return placed(text, holder, slot(holder, str(path[-1])), manner)

        if key not in self._steps:
            self._first_step[key] = step(self._text(file), span)
        self._steps.setdefault(key, []).append(step)
        self._touched.setdefault(key, []).append(operation)

    def _text(self, file: str) -> str:
        return self._spans.text(file)

    def _splice(self, file: str, splices: Sequence[Splice]) -> None:
        self._splices.setdefault(file, []).extend(splices)


def _at(means: Any, path: Steps) -> Any:
    for step in path:
        means = means[step]
    return means


def _descend(span: Span, path: Steps, file: str) -> Span:
    for step in path:
        inner = span.value(step) if isinstance(step, str) else span.children[step]
        if inner is None or inner.kind == "alias":
            raise LaidOutOtherwise(file, f"'{step}'")
        span = inner
    return span


def _index(children: Sequence[Span], span: Span, file: str) -> int:
    for index, child in enumerate(children):
        if child.start == span.start:
            return index
    raise LaidOutOtherwise(file, "an entry")
