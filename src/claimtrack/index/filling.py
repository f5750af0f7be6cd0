"""From a register that was read, and what follows from it, to the tables of an index."""

from __future__ import annotations

import marshal
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from claimtrack.engine.collisions import group
from claimtrack.engine.groups import colliders
from claimtrack.findings.findings import Findings
from claimtrack.findings.selection import searched
from claimtrack.index.entries import pack_entity, pack_property, pack_review, pack_source
from claimtrack.index.names import Mention
from claimtrack.index.packing import pack_claim
from claimtrack.index.rows import claim_row
from claimtrack.index.stored import FILE_BITS, Stored
from claimtrack.index.tables import INDEXES
from claimtrack.model import Assertion, Claim, Register
from claimtrack.reading.register import FullReading
from claimtrack.values.names import fold, in_id


def fill(index: sqlite3.Connection, full: FullReading, findings: Findings) -> Stored:
    """Put all of a register into an index that is empty."""
    stored = Stored(index)
    index.execute("BEGIN")
    register = findings.register
    numbers = _lay_out(stored, full)
    _keep_facts(stored, register)
    _keep_catalogue(stored, register)
    _keep_claims(stored, numbers, findings)
    _keep_groups(index, numbers, register)
    _keep_decisions(stored, numbers, findings)
    index.execute("COMMIT")
    index.executescript(INDEXES)
    return stored


def _keep_facts(stored: Stored, register: Register) -> None:
    claims = register.claims.values()
    for name, value in {
        "title": register.title,
        "claims": len(register.claims),
        "entities": len(register.entities),
        "reviews": len(register.reviews),
        "evidence": sum(len(claim.evidence) for claim in claims),
        "left out": marshal.dumps(dict(register.left_out)),
    }.items():
        stored.keep(name, value)


# ---------------------------------------------------------------------------------------- stretches


def _lay_out(stored: Stored, full: FullReading) -> dict[str, int]:
    """Number the stretches of all files; gives those of the claims that are written."""
    files = list(dict.fromkeys(full.reading.files))
    lines: dict[str, list[tuple[int, str]]] = {file: [] for file in files}
    for entry in full.entries.claims.values():
        lines[entry.file].append((entry.first_line, entry.id))
    stored.index.executemany("INSERT INTO files VALUES (?, ?)", enumerate(files))
    numbers: dict[str, int] = {}
    for no, file in enumerate(files):
        first = no << FILE_BITS
        rows = [(first, 1)]
        for place, (line, key) in enumerate(lines[file], start=1):
            numbers[key] = first + place
            rows.append((first + place, line))
        if file in full.entries.streamed:
            rows.append((first + len(rows), full.entries.streamed[file].end.line))
        stored.index.executemany("INSERT INTO stretches VALUES (?, ?)", rows)
    sound = full.reading.register.claims
    stored.index.executemany(
        "INSERT INTO ids VALUES (?, ?, ?)",
        sorted((key, no, key in sound) for key, no in numbers.items()),
    )
    return numbers


# ---------------------------------------------------------------------------------------- catalogue


def _keep_catalogue(stored: Stored, register: Register) -> None:
    find = stored.find
    rows: list[tuple[Any, ...]] = []
    for no, source in enumerate(register.sources.values()):
        rows.append(("source", source.id, no, None, pack_source(source, find)))
    for no, entity in enumerate(register.entities.values()):
        rows.append(("entity", entity.id, no, entity.part_of, pack_entity(entity, find)))
    for no, of in enumerate(register.properties.values()):
        rows.append(("property", of.id, no, None, pack_property(of, find)))
    stored.index.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?)", rows)
    stored.index.executemany(
        "INSERT OR IGNORE INTO names VALUES (?, ?)",
        (
            (fold(name), entity.id)
            for entity in register.entities.values()
            for name in (entity.id, entity.name, *(alias.name for alias in entity.aliases))
            if name
        ),
    )


# ------------------------------------------------------------------------------------------- claims


def _keep_claims(stored: Stored, numbers: Mapping[str, int], findings: Findings) -> None:
    index, register = stored.index, findings.register
    lines = dict(index.execute("SELECT no, line FROM stretches"))
    loose = _loose(register)
    held = [(numbers[key], key, claim) for key, claim in register.claims.items()]
    index.executemany(
        f"INSERT INTO claims VALUES ({','.join('?' * 17)})",
        (claim_row(no, key, lines[no], findings) for no, key, _ in held),
    )
    index.executemany(
        "INSERT INTO bodies VALUES (?, ?)",
        ((no, pack_claim(claim, lines[no], loose)) for no, _, claim in held),
    )
    index.executemany(
        "INSERT INTO searched VALUES (?, ?)", ((no, searched(claim)) for no, _, claim in held)
    )
    index.execute("INSERT INTO words (words) VALUES ('rebuild')")
    index.executemany(
        "INSERT INTO mentions VALUES (?, ?, ?)",
        sorted({(kind, key, no) for no, _, claim in held for kind, key in _mentions(claim)}),
    )
    index.executemany(
        "INSERT INTO relations VALUES (?, ?, ?)",
        (
            (no, relation.type, other)
            for no, _, claim in held
            for relation in claim.relations
            for other in relation.claims
        ),
    )


def _loose(register: Register) -> Any:
    """What says of an assertion the folded text of its value, if that lies on no tree."""

    def loose(each: Assertion) -> str | None:
        if register.properties[each.property].type == "text":
            return fold(each.text)
        lies = each.entity is None or each.entity in register.entities
        return None if lies else each.entity

    return loose


def _mentions(claim: Claim) -> Iterator[tuple[int, str]]:
    for assertion in claim.asserts:
        yield int(Mention.ABOUT), assertion.subject
    for entity in claim.about:
        yield int(Mention.ABOUT), entity
    for tag in claim.tags:
        yield int(Mention.TAG), fold(tag)
    for item in claim.evidence:
        yield int(Mention.SOURCE), item.source
        if item.by is not None:
            yield int(Mention.BY), item.by
        for entity in item.via:
            yield int(Mention.VIA), entity


def _keep_groups(index: sqlite3.Connection, numbers: Mapping[str, int], register: Register) -> None:
    """Which claims answer each question, and whether some answers collide, in play or not."""
    asserted = group(each for claim in register.claims.values() for each in claim.asserts)
    groups, members = [], set[tuple[int, int]]()
    for no, ((subject, of), answers) in enumerate(asserted.items()):
        hot = len(answers) > 1 and bool(colliders(answers))
        groups.append((no, subject, of, f"{in_id(subject)}.{of}", hot))
        members.update((numbers[each.claim], no) for each in answers)
    index.executemany("INSERT INTO groups VALUES (?, ?, ?, ?, ?)", groups)
    index.executemany("INSERT INTO members VALUES (?, ?)", sorted(members))


# ---------------------------------------------------------------------------------------- decisions


def _keep_decisions(stored: Stored, numbers: Mapping[str, int], findings: Findings) -> None:
    register = findings.register
    reviews = sorted((*register.reviews, *register.idle_reviews), key=_file_order(stored))
    stored.index.executemany(
        "INSERT INTO reviews VALUES (?, ?, ?, ?, ?)",
        (
            (no, each.conflict, each.dispute, each.claim, pack_review(each, stored.find))
            for no, each in enumerate(reviews)
        ),
    )
    stored.index.executemany(
        "INSERT INTO conflicts VALUES (?, ?, ?, ?, ?, ?)",
        sorted(_conflicts(findings)),
    )
    stored.index.executemany(
        "INSERT INTO standing VALUES (?, ?)",
        sorted((numbers[claim], each.id) for each in findings.conflicts for claim in each.claims),
    )


def _file_order(stored: Stored) -> Any:
    files = dict(stored.index.execute("SELECT name, no FROM files"))
    return lambda review: (files[review.place.file], review.place)


def _conflicts(findings: Findings) -> Iterable[tuple[Any, ...]]:
    for each in findings.conflicts:
        supports = [findings.supports[claim] for claim in each.claims]
        yield (
            each.severity != "hard",
            each.id,
            findings.reviews.state(each),
            each.same_source,
            len({origin for support in supports for origin in support.origins}),
            each.rule == "value",
        )
