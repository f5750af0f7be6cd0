"""The JSON of explanations: the facts and numbers of ``compare`` and of one conflict's page.

Numbers are text, since a program would round them: decimals such as ``0.0192``, else fractions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from claimtrack.engine.comparison import Comparison
from claimtrack.findings.comparing import Compared, Link, links_between, shared_conflicts
from claimtrack.findings.conflicts import Conflict, Position
from claimtrack.findings.findings import Findings
from claimtrack.findings.pairs import Pair, pair_up
from claimtrack.findings.support import Item, grade_of
from claimtrack.findings.weighing import Silent, Tally, Voice, items_of, weigh_conflict
from claimtrack.model import Assertion, Register
from claimtrack.render.documents import Json, comparison_row
from claimtrack.render.figures import exact_text
from claimtrack.render.reasons import compared, pair_words
from claimtrack.render.weighed import result_words
from claimtrack.values.distance import distance
from claimtrack.values.interval import End

ITEMS = 100
"""Items of evidence that are listed of each position."""


# ------------------------------------------------------------------------------------- comparisons


def comparison_facts(comparison: Comparison, register: Register) -> Json:
    """Two assertions, how they stand, and the numbers of the rule that decided."""
    row = comparison_row(comparison, compared(comparison, register))
    row["asserts"] = [
        {**told, "interval": interval_texts(each, register)}
        for told, each in zip(row["asserts"], (comparison.one, comparison.other), strict=True)
    ]
    return {**row, **rule_numbers(comparison, register)}


_ON_A_SCALE = ("number", "date")


def interval_texts(assertion: Assertion, register: Register) -> list[str | None] | None:
    """Both ends of a value, in the property's unit or as ISO days; None where there is no scale.

    An open end is None.
    """
    of = register.properties[assertion.property]
    if of.type not in _ON_A_SCALE:
        return None
    ends = (assertion.interval.low, assertion.interval.high)
    return [_day(end) if of.type == "date" else exact_text(end) for end in ends]


def _day(end: End) -> str | None:
    return None if isinstance(end, float) else date.fromordinal(int(end)).isoformat()


_NO_NUMBERS: Json = {"gap": None, "gap_share": None, "tolerance": None}


def rule_numbers(comparison: Comparison, register: Register) -> Json:
    """How far two values lie apart and how far they may: None where that says nothing.

    ``gap`` is in the property's unit, or in days; ``gap_share`` is a part of the smaller magnitude.
    """
    one, other = comparison.one, comparison.other
    of = register.properties[one.property]
    if of.id != other.property or of.type not in _ON_A_SCALE:
        return _NO_NUMBERS
    tolerance = of.tolerance.text if of.tolerance else None
    if one.negated or other.negated:
        return {"gap": None, "gap_share": None, "tolerance": tolerance}
    apart = distance(one.interval, other.interval)
    share = None if of.type == "date" or apart.share is None else exact_text(apart.share)
    return {"gap": exact_text(apart.gap), "gap_share": share, "tolerance": tolerance}


def comparison_document(one: str, other: str, found: Compared, findings: Findings) -> Json:
    """Two claims as ``compare`` gives them: their assertions, and what else is between them."""
    return {
        "comparisons": [comparison_facts(each, findings.register) for each in found.comparisons],
        "more": found.more,
        "same": other in findings.supports[one].claims,
        "out_of_play": [claim for claim in (one, other) if claim in findings.out_of_play],
        "relations": _links(links_between(one, other, findings)),
        "conflicts": [each.id for each in shared_conflicts(one, other, findings)],
    }


def _links(links: Iterable[Link]) -> list[Json]:
    """Relations between two claims as they are written."""
    return [
        {
            "claim": each.claim,
            "type": each.relation.type,
            "to": each.other,
            "why": each.relation.why,
        }
        for each in links
    ]


# ------------------------------------------------------------------------------------ explanations


def explanation(conflict: Conflict, findings: Findings) -> Json:
    """What the page of a conflict shows, as facts."""
    weighing = weigh_conflict(conflict, findings.supports, findings.register)
    pairs = pair_up(conflict, findings)
    return {
        "conflict": conflict.id,
        "positions": [
            _position(position, tally, findings)
            for position, tally in zip(conflict.positions, weighing.tallies, strict=True)
        ],
        "pairs": [_pair(each, findings.register) for each in pairs.shown],
        "more_pairs": pairs.more,
        "favours": weighing.favours,
        "lead": weighing.lead,
        "tie": list(weighing.tie),
        "result": result_words(weighing, conflict, findings.register),
    }


def _position(position: Position, tally: Tally, findings: Findings) -> Json:
    items = items_of(position.claims, findings.supports)
    register = findings.register
    return {
        "number": tally.number,
        "claims": list(position.claims),
        "interval": next((interval_texts(each, register) for each in position.assertions), None),
        "items": [_item(item, register) for item in items[:ITEMS]],
        "more_items": max(len(items) - ITEMS, 0),
        "terms": [_term(voice) for voice in tally.voices],
        "not_counted": _silences(tally, register),
        "total": tally.total,
    }


def _item(item: Item, register: Register) -> Json:
    evidence = item.evidence
    return {
        "claim": item.claim,
        "source": evidence.source,
        "by": evidence.by,
        "stance": str(evidence.stance),
        "origin": item.origin.key,
        "grade": grade_of(evidence, register),
        "quote": evidence.quote,
        "line": evidence.line,
        "taken_back": item.taken_back,
    }


def _term(voice: Voice) -> Json:
    return {
        "origin": voice.origin,
        "root": voice.root,
        "claim": voice.item.claim,
        "source": voice.item.evidence.source,
        "itself": 1,
        "reliability": voice.reliability,
        "reliability_points": voice.reliability_points,
        "credibility": voice.credibility,
        "credibility_points": voice.credibility_points,
        "weight": voice.weight,
    }


def _silences(tally: Tally, register: Register) -> list[Json]:
    holders: Mapping[str, str] = {voice.root: voice.origin for voice in tally.voices}
    return [_silence(each, holders, register) for each in tally.silent]


def _silence(silent: Silent, holders: Mapping[str, str], register: Register) -> Json:
    return {
        "origin": silent.origin,
        "reason": silent.reason,
        "stance": str(silent.item.evidence.stance),
        "grade": grade_of(silent.item.evidence, register),
        "counted_for": list(dict.fromkeys(holders[root] for root in silent.roots)),
    }


def _pair(pair: Pair, register: Register) -> Json:
    written, comparison = pair.written, pair.comparison
    relation = written.type if written is not None else None
    numbers = rule_numbers(comparison, register) if comparison is not None else _NO_NUMBERS
    return {
        "positions": list(pair.numbers),
        "claims": list(pair.claims),
        "relation": relation if comparison is None else comparison.relation,
        "severity": pair.weight,
        "rule": comparison.rule if comparison is not None else "declared" if written else None,
        "why": pair_words(pair, register),
        "reason": written.why if written is not None else None,
        **numbers,
    }
