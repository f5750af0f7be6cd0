"""From the files of a register to its entries, section by section, in file order."""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from functools import partial
from pathlib import Path
from typing import Any

from claimtrack.diagnostic import Place, RegisterUnreadable, Related, did_you_mean, nearest
from claimtrack.frozen import frozen
from claimtrack.reading.entries import Entries
from claimtrack.reading.files import is_inside, matches, resolved
from claimtrack.reading.fitting import Entry, PackedEntry, StreamedClaim, fit
from claimtrack.reading.nodes import Broken, Mapping, Node, Scalar, Sequence, written_id
from claimtrack.reading.octets import Octets
from claimtrack.reading.raw import node_of
from claimtrack.reading.report import Report
from claimtrack.reading.roots import (
    PileFor,
    PileInMemory,
    RawMapping,
    Root,
    StreamedClaims,
    pairs_of,
    read_root,
)
from claimtrack.reading.schema import (
    ClaimShape,
    EntityShape,
    PropertyShape,
    ReviewShape,
    Shape,
    SourceShape,
    no_id,
)
from claimtrack.reading.yamltext import NotYaml
from claimtrack.values.names import ID

VERSION = "1"
SECTIONS = (
    "claimtrack",
    "title",
    "include",
    "sources",
    "entities",
    "properties",
    "claims",
    "reviews",
)
"""The sections of a file, in the order in which they are usually written."""


def read_entries(
    main: Path,
    report: Report,
    read: Callable[[Path], Octets] = Path.read_bytes,
    claims: MutableMapping[str, Entry[ClaimShape]] | None = None,
    pile_for: PileFor = lambda *_: PileInMemory(),
) -> Entries:
    """All entries of the main file and its includes. Raises RegisterUnreadable for the main file.

    ``read`` gives the bytes of a file, or raises OSError; ``claims`` is where claims are put that
    are not to be held as they are, and ``pile_for`` what they are streamed to. Of other entries no
    more is held then than they need.
    File order: the main file, then each include, depth first, patterns as listed, matches in byte
    order; a file is read once.
    """
    entries = Entries() if claims is None else Entries(claims=claims)
    is_lean = claims is not None
    _FileReader(main, report, entries, read, pile_for, is_lean=is_lean).read_main()
    return entries


@frozen
class _Section:
    """What a section holds: the shape of its entries and how sentences name one."""

    shape: type[Shape]
    what: str


_KEYED = {
    "sources": _Section(SourceShape, "a source"),
    "entities": _Section(EntityShape, "an entity"),
    "properties": _Section(PropertyShape, "a property"),
}


_MANY = 10_000
"""Entries of a section, of which more are dearer to hold than to take apart again."""


class _FileReader:
    """Reads one file after another into the entries."""

    def __init__(
        self,
        main: Path,
        report: Report,
        entries: Entries,
        read: Callable[[Path], Octets],
        pile_for: PileFor,
        *,
        is_lean: bool,
    ) -> None:
        self._main, self._report, self._entries = main, report, entries
        self._bytes, self._pile_for, self._is_lean = read, pile_for, is_lean
        self._folder = main.parent
        self._read: set[Path] = set()
        self._open: list[Path] = []

    def read_main(self) -> None:
        name = self._main.name
        root = self._parse(self._main, name, None)
        if not isinstance(root, Mapping | Root) or not self._is_version_1(
            root, name, required=True
        ):
            if isinstance(root, Scalar | Sequence):
                self._not_sections(root, name)
            elif root is None and not self._report.diagnostics:
                message = "the file is empty; a register begins with 'claimtrack: 1'"
                self._report.add("CT109", message, Place(name, 1, 1))
            raise RegisterUnreadable(self._report.diagnostics)
        self._walk(self._main, name, root)

    def _walk(self, path: Path, name: str, root: Mapping | Root) -> None:
        """Read a file and its includes, depth first, however deep they go."""
        pending = [self._sections(path, name, root)]
        self._open.append(resolved(path))
        while pending:
            found = next(pending[-1], None)
            if found is None:
                pending.pop()
                self._open.pop()
                continue
            target, asked = found
            shown = self._shown(target)
            inner = self._included(target, shown, asked)
            if inner is not None:
                pending.append(self._sections(target, shown, inner))
                self._open.append(resolved(target))

    def _parse(self, path: Path, name: str, asked: Place | None) -> Node | Root | None:
        """The file's root node, or None with a diagnostic (no diagnostic for an empty file)."""
        number = len(self._entries.files)
        self._entries.files.append(name)
        try:
            node = read_root(self._bytes(path), partial(self._pile_for, number, name))
        except NotYaml as error:
            self._unread(error.code, error.message, Place(name, error.line, error.column))
            return None
        except OSError as error:
            reason = error.strerror or "it cannot be opened"
            self._unread("CT101", f"'{name}' cannot be read: {reason}", asked or Place(name, 1, 1))
            return None
        if isinstance(node, Broken):
            self._unread(node.code, node.message, Place(name, node.line, node.column))
            return None
        if isinstance(node, Scalar) and node.core == "null":
            return None
        return node

    def _unread(
        self, code: str, message: str, place: Place, related: Iterable[Related] = ()
    ) -> None:
        """Report a file or a section that cannot be read, and with it nobody knows what entries."""
        self._entries.unread_parts += 1
        self._report.add(code, message, place, related=related)

    def _not_sections(self, node: Node, name: str) -> None:
        message = f"a register is a mapping of {', '.join(SECTIONS)}"
        self._unread("CT108", message, Place(name, node.line, node.column))

    def _is_version_1(self, root: Mapping | Root, name: str, *, required: bool) -> bool:
        value = next(
            (v for k, v in root.entries if isinstance(k, Scalar) and k.text == "claimtrack"), None
        )
        absent = value is None or (isinstance(value, Scalar) and value.core == "null")
        if absent and not required:
            return True
        if isinstance(value, Scalar) and (value.text, value.core) == (VERSION, "number"):
            return True
        at = root if absent or value is None else value
        keys = [k.text for k, _ in root.entries if isinstance(k, Scalar)]
        near = next(
            (key for key in keys if key not in SECTIONS and nearest(key, ["claimtrack"])), ""
        )
        message = (
            "the main file needs 'claimtrack: 1', the version of its format"
            + (f" (is '{near}' meant to be it?)" if near else "")
            if absent
            else "this program reads version 1 of the format; write 'claimtrack: 1', without quotes"
        )
        self._unread("CT109", message, Place(name, at.line, at.column))
        return False

    # ------------------------------------------------------------------------------ one file

    def _sections(
        self, path: Path, name: str, root: Mapping | Root
    ) -> Iterator[tuple[Path, Place]]:
        """Read a file's sections; gives each file that it includes, with the place that asks."""
        self._read.add(resolved(path))
        firsts: dict[str, Scalar] = {}
        includes: Node | None = None
        for key, value in root.entries:
            # A plain null counts as the key left out, but a key that is none stays a mistake.
            is_null = isinstance(value, Scalar) and value.core == "null"
            if not self._is_section(key, firsts, name) or not isinstance(key, Scalar) or is_null:
                continue
            if isinstance(value, StreamedClaims):
                self._streamed(value, name)
            elif isinstance(value, RawMapping):
                self._keyed(key.text, value, name)
            elif key.text == "include":
                includes = value
            else:
                self._section(key.text, value, name)
        if includes is not None:
            yield from self._includes(includes, path, name)

    def _is_section(self, key: Node, firsts: dict[str, Scalar], name: str) -> bool:
        place = Place(name, key.line, key.column)
        if not isinstance(key, Scalar):
            self._wrong("a key in plain text", key, name)
            return False
        if key.text in firsts:
            first = firsts[key.text]
            related = Related(Place(name, first.line, first.column), "it stands here too")
            joined = "keep one of them" if key.text in ("claimtrack", "title") else "join the two"
            message = f"section '{key.text}' stands twice; {joined}"
            self._unread("CT301", message, place, related=[related])
            return False
        if key.text not in SECTIONS:
            hint = did_you_mean(key.text, SECTIONS) or f"; it takes {', '.join(SECTIONS)}"
            self._unread("CT302", f"a register has no section '{key.text}'{hint}", place)
            return False
        firsts[key.text] = key
        return True

    def _section(self, section: str, value: Node, name: str) -> None:
        if section == "title":
            if not isinstance(value, Scalar):
                self._wrong("text", value, name)
            elif self._entries.title is None:
                self._entries.title = value.text
        elif section in _KEYED:
            if isinstance(value, Mapping):
                self._keyed(section, value, name)
            else:
                self._wrong(f"a mapping of ids to {section}", value, name)
        elif section in ("claims", "reviews"):
            if isinstance(value, Sequence):
                self._listed(section, value, name)
            else:
                self._wrong(f"a list of {section}", value, name)

    def _wrong(self, expected: str, value: Node, name: str) -> None:
        place = Place(name, value.line, value.column)
        if isinstance(value, Broken):
            self._unread(value.code, value.message, place)
        else:
            self._unread("CT304", f"{expected} is expected here", place)

    # ------------------------------------------------------------------------------- entries

    def _keyed(self, section: str, mapping: Mapping | RawMapping, name: str) -> None:
        held: dict[str, Entry[Any]] = getattr(self._entries, section)
        kind = _KEYED[section]
        here: dict[str, Scalar] = {}
        is_lean = self._is_lean and len(mapping.entries) > _MANY
        for key, value, raw in pairs_of(mapping):
            if not isinstance(key, Scalar):
                self._wrong("an id", key, name)
                continue
            place = Place(name, key.line, key.column)
            if key.text in here:
                first = Place(name, here[key.text].line, here[key.text].column)
                related = [Related(first, "it stands here too")]
                message = f"key '{key.text}' stands twice; keep one of them"
                self._report.add("CT301", message, place, related=related)
                continue
            here[key.text] = key
            if isinstance(value, Scalar) and value.core == "null":
                continue
            if key.text in held:
                self._second(kind.what, key.text, held[key.text], place)
                continue
            shape, diagnostics = fit(kind.shape, value, name, kind.what)
            if not ID.fullmatch(key.text):
                self._bad_id(key, name)
                shape = None
            self._report.extend(diagnostics)
            at = key.line, key.column
            if raw is None or not is_lean:
                held[key.text] = Entry(key.text, value, name, *at, shape)
            else:
                form = None if shape is None else kind.shape
                held[key.text] = PackedEntry(key.text, marshal.dumps(raw), name, *at, form)

    def _bad_id(self, key: Scalar, name: str) -> None:
        self._report.add("CT306", no_id(key.text), Place(name, key.line, key.column))

    def _second(
        self, what: str, entry: str, first: Entry[Any], place: Place, claim: str | None = None
    ) -> None:
        message = f"{what} with the id '{entry}' is already there; the first one stands"
        related = [Related(first.place, "the first one")]
        self._report.add("CT201", message, place, claim, related)

    def _listed(self, section: str, sequence: Sequence, name: str) -> None:
        for item in sequence.items:
            if section == "claims":
                self._claim(item, name)
            else:
                shape, diagnostics = fit(ReviewShape, item, name, "a review")
                self._report.extend(diagnostics)
                self._entries.reviews.append(Entry("", item, name, item.line, item.column, shape))

    def _claim(self, node: Node, name: str) -> None:
        written = written_id(node)
        key = written.text if written else ""
        at = written or node
        if key and key in self._entries.claims:
            first = self._entries.claims[key]
            self._second("a claim", key, first, Place(name, at.line, at.column), key)
            self._entries.unnamed_claims += 1
            return
        shape, diagnostics = fit(ClaimShape, node, name, "a claim", key or None)
        self._report.extend(diagnostics)
        if key:
            self._entries.claims[key] = Entry(key, node, name, at.line, at.column, shape)
        else:
            self._entries.unnamed_claims += 1

    def _streamed(self, claims: StreamedClaims, name: str) -> None:
        self._entries.streamed[name] = claims
        for item in claims.items:
            key = item.key
            if key and key not in self._entries.claims:
                entry = StreamedClaim(key, item, name, item.line + item.key_line, item.key_column)
                self._entries.claims[key] = entry
            else:
                self._claim(node_of(marshal.loads(item.raw), item.line), name)

    # ------------------------------------------------------------------------------ includes

    def _includes(self, value: Node, path: Path, name: str) -> Iterator[tuple[Path, Place]]:
        patterns = value.items if isinstance(value, Sequence) else ()
        if not isinstance(value, Sequence):
            self._wrong("a list of file patterns", value, name)
        for pattern in patterns:
            if isinstance(pattern, Scalar) and pattern.core != "null":
                place = Place(name, pattern.line, pattern.column)
                yield from ((match, place) for match in self._matches(pattern, path, place))
            else:
                self._wrong("a file pattern", pattern, name)

    def _matches(self, pattern: Scalar, path: Path, place: Place) -> list[Path]:
        if "\0" in pattern.text or not pattern.text.strip("/"):
            self._unread("CT110", f"'{pattern.text}' is no file pattern", place)
            return []
        found = matches(path.parent, pattern.text)
        self._entries.listings.append((path.parent, pattern.text, found))
        if not found:
            message = f"no file matches '{pattern.text}', seen from this file's folder"
            self._unread("CT110", message, place)
        return found

    def _included(self, path: Path, shown: str, asked: Place) -> Mapping | Root | None:
        """The root of an included file that can be read and was not read before."""
        if not is_inside(path, self._folder):
            message = f"'{shown}' lies outside the main file's folder; move it inside"
            self._unread("CT111", message, asked)
        elif resolved(path) in self._open:
            message = f"'{shown}' includes itself by way of this pattern"
            self._unread("CT112", message, asked)
        elif os.path.exists(path) and not os.path.isfile(path):  # noqa: PTH110, PTH113 - never raise
            self._unread("CT111", f"'{shown}' is not a regular file", asked)
        elif resolved(path) not in self._read:
            self._read.add(resolved(path))
            root = self._parse(path, shown, asked)
            if isinstance(root, Scalar | Sequence):
                self._not_sections(root, shown)
            elif isinstance(root, Mapping | Root) and self._is_version_1(
                root, shown, required=False
            ):
                return root
        return None

    def _shown(self, path: Path) -> str:
        return Path(os.path.relpath(path, self._folder)).as_posix()
