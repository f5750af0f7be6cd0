"""What is written of a document that becomes a source, or that is captured once more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from claimtrack.edit.catalogue import set_source
from claimtrack.edit.draft import Draft, EntryKey
from claimtrack.edit.manuscript import Change
from claimtrack.edit.naming import id_from, is_told_whole
from claimtrack.edit.storing import FOLDER, free_name, is_taken
from claimtrack.edit.written import Refused, Written
from claimtrack.edit.yamlwriting import Value
from claimtrack.findings.later_captures import captures, numbered
from claimtrack.findings.selection import UnknownName
from claimtrack.frozen import fields_of, frozen, replace
from claimtrack.model import Source
from claimtrack.reading.documents import Document
from claimtrack.reading.fetching.refusals import NotFetchable
from claimtrack.reading.fetching.targets import target
from claimtrack.reading.files import find_source, leaves_its_folder
from claimtrack.reading.holdings import hold
from claimtrack.reading.schema import SourceShape, keys_of

_SAID = ("title", "author", "published", "language")
"""What a later capture says of itself; the rest it has of the first one."""
_OF_THE_FIRST = ("publisher", "url", "genre", "reliability", "basis")


@frozen
class Wanted:
    """What a person says of a document, which counts for more than what it says of itself.

    ``key`` is the id that it is to have, ``again`` the source that it is a capture of once more,
    ``facts`` what is given of it, ``file`` which of the register's files takes it, ``today`` the
    day it is.
    """

    key: str | None
    again: str | None
    facts: Mapping[str, Value]
    file: str | None
    today: str


@frozen
class Captured:
    """What is to be written, and under which name the document is to be stored, if it is.

    ``before`` are the earlier captures of what this is a later one of, the latest last; ``said``
    names the facts that come from the document itself.
    """

    written: Written
    store_as: str | None = None
    before: tuple[Source, ...] = ()
    said: tuple[str, ...] = ()
    nothing_new: bool = False

    @property
    def change(self) -> Change:
        """The change of the register."""
        return self.written.change


def capture(draft: Draft, document: Document, wanted: Wanted, folders: Sequence[Path]) -> Captured:
    """A new source, a later capture of one, or nothing, where these bytes are a source already.

    Looks at what the source folders hold, and writes nothing. Raises Refused, UnknownName,
    WrittenElsewhere, LaidOutOtherwise.
    """
    making = _Making(draft, document, wanted, folders)
    first = making.first_capture()
    if first is None:
        return making.new()
    known = captures(draft.register.sources).get(first.id, [first.id])
    held = [draft.register.sources[key] for key in known]
    same = next((each for each in held if making.has_bytes(each)), None)
    if same is not None:
        return making.same(same)
    return making.later(held) if first.file is not None else making.filled(first)


@dataclass(frozen=True)
class _Making:
    draft: Draft
    document: Document
    wanted: Wanted
    folders: Sequence[Path]

    @property
    def sources(self) -> Mapping[str, Source]:
        return self.draft.register.sources

    # ------------------------------------------------------------------------- which source it is

    def first_capture(self) -> Source | None:
        """The first capture of what this document is a capture of, if the register has one."""
        found = self._in_place() or self._asked_for() or self._recognised()
        firsts = {key: first for first, keys in captures(self.sources).items() for key in keys}
        return None if found is None else self.sources[firsts.get(found.id, found.id)]

    def _in_place(self) -> Source | None:
        """The source whose file this very one is. Raises Refused where that was another."""
        name = self.document.held_as
        owner = next((s for s in self.sources.values() if name and s.file == name), None)
        if owner is None or self.has_bytes(owner):
            return owner
        if owner.sha256 is None:
            way_out = f"claimtrack source set {owner.id} --source-file {name} records its sha256"
            raise Refused(f"'{name}' is the file of source '{owner.id}' already; {way_out}")
        raise Refused(
            f"'{name}' is the file of source '{owner.id}' and was changed since: the capture that "
            "was quoted is gone. Put it back, and give the new one by another name"
        )

    def _asked_for(self) -> Source | None:
        again = self.wanted.again
        if again is None:
            return None
        if again not in self.sources:
            raise UnknownName("source", again, self.sources)
        return self.sources[again]

    def _recognised(self) -> Source | None:
        """The source with the same bytes, the same url or the same file name.

        Who gives an id means a source of its own.
        """
        key = self.wanted.key
        if key is not None:
            if key in self.draft.entries.sources:
                way_out = f"--again {key} captures it once more"
                raise Refused(f"a source has the id '{key}' already; {way_out}")
            return None
        for is_it in (self.has_bytes, self._has_url, self._has_name):
            found = next((each for each in self.sources.values() if is_it(each)), None)
            if found is not None:
                return found
        return None

    def has_bytes(self, source: Source) -> bool:
        """Whether a source is these bytes: by its digest, or else by its file."""
        digest = source.sha256
        if digest is None and source.file is not None and source.file != self.document.held_as:
            digest = hold(find_source(source.file, self.folders)).digest
        return digest is not None and digest.lower() == self.document.digest

    def _has_url(self, source: Source) -> bool:
        url = self.document.url
        return url is not None and source.url is not None and _alike(source.url) == _alike(url)

    def _has_name(self, source: Source) -> bool:
        """A file is known by its name, unless it says of itself that it is from elsewhere.

        A name that had to be cut, or that has no letters, is that of other files too.
        """
        if self.document.url is not None or self.document.held_as is not None:
            return False
        if not is_told_whole(self.document.stem):
            return False
        url = self.document.facts.url
        is_elsewhere = (
            url is not None and source.url is not None and _alike(url) != _alike(source.url)
        )
        return source.file == self._plain_name and not is_elsewhere

    @property
    def _plain_name(self) -> str:
        return f"{id_from(self.document.stem, (), 'source')}{self.document.suffix}"

    # ----------------------------------------------------------------------------- what is written

    def new(self) -> Captured:
        """A new source."""
        said = self._said()
        words = str(self.wanted.facts.get("title") or said.get("title") or self.document.stem)
        key = self.wanted.key or id_from(words, self.draft.entries.sources, "source")
        # A file keeps the name that a person knows it by: so it is known when it comes again.
        of_file = words if self.document.url is not None else self.document.stem
        name = self.document.held_as or self._free(of_file)
        facts = {**said, "retrieved": self.wanted.today, **self._own(name), **self.wanted.facts}
        return self._captured(key, facts, name, said)

    def filled(self, source: Source) -> Captured:
        """A source that the register has without a file, with this one and what it lacked."""
        said = {key: text for key, text in self._said().items() if getattr(source, key) is None}
        name = self.document.held_as or self._free(source.id)
        given = {**said, "retrieved": self.wanted.today, **self._own(name), **self.wanted.facts}
        return self._captured(source.id, given, name, said)

    def later(self, held: Sequence[Source]) -> Captured:
        """A later capture, derived from the first: the same speaker, and no origin of its own."""
        first = held[0]
        number = 2
        while self._is_taken(numbered(first.file or "", number)):
            number += 1
        name = self.document.held_as or numbered(first.file or "", number)
        if leaves_its_folder(name):
            raise Refused(f"'{first.file}', the file of '{first.id}', leads out of its folder")
        said = {key: text for key, text in self._said().items() if key in _SAID}
        facts = {
            **_of(first, (*_OF_THE_FIRST, *_SAID)),
            **said,
            "retrieved": self.wanted.today,
            **self._own(name),
            **self.wanted.facts,
            "derived_from": self._derived_from(first.id),
        }
        key = self.wanted.key or self._numbered_id(first.id)
        return self._captured(key, facts, name, said, tuple(held))

    def _derived_from(self, first: str) -> list[Value]:
        given = self.wanted.facts.get("derived_from")
        others = given if isinstance(given, list) else []
        return [first, *(each for each in others if each != first)]

    def same(self, source: Source) -> Captured:
        """Nothing, but for the file itself where it was not held."""
        key = EntryKey("sources", source.id)
        notes = ("what else was given is not written",) if self.wanted.facts else ()
        name = source.file
        is_held = name is None or find_source(name, self.folders).state != "not held"
        if is_held or leaves_its_folder(name or ""):
            done = "nothing changed, this is that source, byte for byte"
            return Captured(Written(Change({}, {}), key, done, notes), nothing_new=True)
        done = f"held again as {FOLDER}/{name}, byte for byte what was recorded"
        return Captured(Written(Change({}, {}), key, done, notes), name, nothing_new=True)

    def _captured(
        self,
        key: str,
        facts: Mapping[str, Value],
        name: str,
        said: Mapping[str, Value],
        before: tuple[Source, ...] = (),
    ) -> Captured:
        ordered = {each: facts[each] for each in keys_of(SourceShape) if each in facts}
        written = set_source(self.draft, key, ordered, [], self.wanted.file)
        # That a new id is like another is no sign of a slip here: few are typed.
        return Captured(
            replace(written, notes=()),
            None if self.document.held_as is not None else name,
            before,
            tuple(each for each in said if facts.get(each) == said[each]),
        )

    def _said(self) -> dict[str, Value]:
        """What the document says of itself; the URL that it was fetched from is its url."""
        facts = self.document.facts
        told = fields_of(facts)
        told["url"] = self.document.url or told["url"]
        return {key: text for key, text in told.items() if text is not None}

    def _own(self, name: str) -> dict[str, Value]:
        return {"file": name, "sha256": self.document.digest}

    # ------------------------------------------------------------------------------------- names

    @property
    def _folder(self) -> Path:
        return self.folders[0]

    @cached_property
    def _taken(self) -> frozenset[str]:
        return frozenset(each.file for each in self.sources.values() if each.file is not None)

    def _free(self, words: str) -> str:
        suffix, digest = self.document.suffix, self.document.digest
        return free_name(words, suffix, self._folder, self._taken, digest)

    def _is_taken(self, name: str) -> bool:
        return name in self._taken or is_taken(self._folder, name, self.document.digest)

    def _numbered_id(self, first: str) -> str:
        number = 2
        while f"{first}-{number}" in self.draft.entries.sources:
            number += 1
        return f"{first}-{number}"


def _alike(url: str) -> str:
    """A URL in the one form of all that ask for the same."""
    try:
        return target(url).url
    except NotFetchable:
        return url


def _of(source: Source, keys: Sequence[str]) -> dict[str, Value]:
    """Facts of a source, as they are written."""
    told: dict[str, Value] = {}
    for key in keys:
        value = getattr(source, key)
        if value is not None:
            told[key] = str(getattr(value, "text", value))
    return told
