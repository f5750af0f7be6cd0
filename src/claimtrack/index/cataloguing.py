"""What claims may name, from a register that was read into the tables of an index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from claimtrack.index.entries import pack_entity, pack_property, pack_review, pack_source
from claimtrack.index.stored import Stored
from claimtrack.model import Review
from claimtrack.reading.desk import Catalogue
from claimtrack.reading.register import claims_named


def keep_catalogue(stored: Stored, catalogue: Catalogue) -> None:
    """Sources, entities, properties, and the names that entities go by, left out or not."""
    find = stored.find
    rows: list[tuple[Any, ...]] = []
    for no, source in enumerate(catalogue.sources.values()):
        rows.append(("source", source.id, no, None, pack_source(source, find)))
    for no, entity in enumerate(catalogue.entities.values()):
        rows.append(("entity", entity.id, no, entity.part_of, pack_entity(entity, find)))
    for no, of in enumerate(catalogue.properties.values()):
        rows.append(("property", of.id, no, None, pack_property(of, find)))
    stored.index.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?)", rows)
    stored.index.executemany(
        "INSERT INTO names (folded, entity) VALUES (?, ?)",
        ((name, entity) for name, held in catalogue.names.named.items() for entity in held),
    )


def keep_reviews(stored: Stored, reviews: Sequence[Review]) -> None:
    """All reviews, those without effect too, numbered in file order."""
    stored.index.executemany(
        "INSERT INTO reviews VALUES (?, ?, ?, ?, ?, NULL)",
        (
            (no, each.conflict, each.dispute, each.claim, pack_review(each, stored.find))
            for no, each in enumerate(reviews)
        ),
    )
    counting = (all(map(stored.has_claim, claims_named(each))) for each in reviews)
    stored.keep("reviews", sum(counting))
    stored.keep("all reviews", len(reviews))
