"""One conflict as a page: drawn, position by position, pair by pair, and weighed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from claimtrack.findings.audits import Audits
from claimtrack.findings.conflicts import Conflict, Position
from claimtrack.findings.findings import Findings
from claimtrack.findings.hindsight import Hindsight
from claimtrack.findings.pairs import Pair, Pairs, pair_up
from claimtrack.findings.support import Item
from claimtrack.findings.weighing import Tally, Weighing, weigh_conflict
from claimtrack.model import Assertion, Register
from claimtrack.quotes.audit import Audit
from claimtrack.render.evidence import item_parts, origin_words
from claimtrack.render.pictures import picture
from claimtrack.render.quotes import place_words
from claimtrack.render.reasons import pair_words, period_words
from claimtrack.render.reviews import print_review
from claimtrack.render.screen import Part, Screen
from claimtrack.render.style import quiet, strong, word
from claimtrack.render.weighed import print_weighing
from claimtrack.render.words import (
    count,
    listed,
    position_words,
    question,
    value_words,
)

_POSITIONS = 12
_CLAIMS = 8
_ITEMS = 6
_LEADING = 3


AuditsOf = Callable[[str], Audits]
"""What became of the quotes of a claim."""


def print_conflict_page(
    conflict: Conflict,
    findings: Findings,
    audits_of: AuditsOf,
    hindsight: Hindsight,
    screen: Screen,
) -> None:
    """A conflict with all that bears on it, and the fingerprint that a review of it carries."""
    weighing = weigh_conflict(conflict, findings.supports, findings.register)
    shown = _positions_shown(weighing)
    _print_heading(conflict, findings, screen)
    _print_drawing(conflict, findings, screen)
    for number in shown:
        screen.line()
        tally, position = weighing.tallies[number - 1], conflict.positions[number - 1]
        _print_position(tally, position, findings, audits_of, screen)
    more = len(conflict.positions) - len(shown)
    if more:
        screen.line()
        screen.line(quiet(f"and {count(more, 'more position')}"))
    screen.line()
    _print_pairs(pair_up(conflict, findings), findings, screen)
    screen.line()
    print_weighing(weighing, shown, conflict, findings, screen)
    screen.line()
    print_review(conflict, findings, hindsight, screen, 0)
    screen.line(quiet(f"fingerprint for a review: {findings.ground(conflict)}"))


def _positions_shown(weighing: Weighing) -> list[int]:
    """The numbers of the first positions, and of those that the evidence speaks for."""
    first = range(1, min(len(weighing.tallies), _POSITIONS) + 1)
    return sorted({*first, *weighing.leading[:_LEADING]})


def _print_heading(conflict: Conflict, findings: Findings, screen: Screen) -> None:
    state = findings.reviews.state(conflict)
    screen.line(word(conflict.severity), " · ", word(state), "  ", strong(conflict.id))
    same = " One source stands on both sides." if conflict.same_source else ""
    screen.line(question(conflict, findings.register), quiet(same))


def _print_drawing(conflict: Conflict, findings: Findings, screen: Screen) -> None:
    drawn = picture(conflict, findings.register, screen.width)
    if drawn is None:
        return
    screen.line()
    for line in drawn.lines:
        screen.line(line, indent=2)
    for line in drawn.signs:
        screen.line(quiet(line), indent=2)


# -------------------------------------------------------------------------------------- positions


def _print_position(
    tally: Tally, position: Position, findings: Findings, audits_of: AuditsOf, screen: Screen
) -> None:
    supports = [findings.supports[claim] for claim in position.claims]
    origins = count(len({origin for s in supports for origin in s.origins}), "origin")
    answer = position_words(position, findings.register)
    screen.line(strong(f"{tally.number}  {answer}"), quiet(f"  {origins}"))
    said, cited = _said(position), _cited(tally)
    for claim in position.claims[:_CLAIMS]:
        support, written = findings.supports[claim], findings.register.claims[claim]
        grade = f"{support.grade} · " if support.grade else ""
        named = strong(claim if position.assertions else "")
        gap = "  " if position.assertions else ""
        screen.line(named, gap, quiet(f"{grade}{support.word}"), indent=2)
        screen.line(written.statement, indent=4)
        for assertion in said.get(claim, ()):
            _print_limits(assertion, answer, findings, screen)
        _print_items(claim, cited, findings, audits_of, screen)
    left = len(position.claims) - _CLAIMS
    if left > 0:
        screen.line(quiet(f"and {count(left, 'more claim')}"), indent=2)
    _print_same(position, cited, findings, audits_of, screen)


def _cited(tally: Tally) -> frozenset[Item]:
    """The items that the sum takes its grades from, which are shown before others."""
    voices = {voice.item for voice in tally.voices}
    return frozenset(voices.union(silent.item for silent in tally.silent))


def _said(position: Position) -> dict[str, list[Assertion]]:
    said: dict[str, list[Assertion]] = {}
    for assertion in position.assertions:
        said.setdefault(assertion.claim, []).append(assertion)
    return said


def _print_limits(assertion: Assertion, answer: str, findings: Findings, screen: Screen) -> None:
    """What an assertion says beyond its position's answer: its own value, its time, its scope."""
    value = value_words(assertion, findings.register)
    limits = [period_words(assertion.during_text)] if assertion.during_text else []
    limits += [f"for {key} {scope}" for key, scope in assertion.scope_text]
    told: list[Part] = [quiet("says "), value] if value != answer else []
    if limits:
        told += [quiet("; holds " if told else "holds "), "; ".join(limits)]
    if told:
        screen.line(*told, indent=4)


def _print_items(
    claim: str,
    cited: frozenset[Item],
    findings: Findings,
    audits_of: AuditsOf,
    screen: Screen,
) -> None:
    own = [item for item in findings.supports[claim].items if item.claim == claim]
    if not own:
        screen.line(quiet("no item of evidence"), indent=4)
    first = sorted(range(len(own)), key=lambda index: own[index] not in cited)
    audits = audits_of(claim)
    for index in sorted(first[:_ITEMS]):
        audit = audits.of(claim, index)
        _print_item(own[index], audit, findings, screen)
    left = len(own) - _ITEMS
    if left > 0:
        screen.line(quiet(f"and {count(left, 'more item')}: claimtrack show {claim}"), indent=4)


def _print_item(item: Item, audit: Audit | None, findings: Findings, screen: Screen) -> None:
    evidence, register = item.evidence, findings.register
    told: list[Part] = [
        *item_parts(item, register),
        quiet(_origin_beside(item, register)),
    ]
    if item.taken_back:
        told.append(quiet(" · taken back later"))
    elif evidence.stance.is_dispute:
        told.append(" · against this claim")
    screen.line(*told, indent=4)
    if evidence.quote is not None and audit is not None:
        place = place_words(evidence, audit, register.sources[evidence.source].file)
        told = [f"“{evidence.quote}”", quiet(f"  {place} · "), word(str(audit.result))]
        screen.line(*told, indent=6)


def _origin_beside(item: Item, register: Register) -> str:
    """An item's origin, where it is neither its speaker nor its source."""
    evidence = item.evidence
    if item.origin.key in (f"entity:{evidence.by}", f"source:{evidence.source}"):
        return ""
    return f" · origin {origin_words(item.origin.key, register)}"


def _print_same(
    position: Position,
    cited: frozenset[Item],
    findings: Findings,
    audits_of: AuditsOf,
    screen: Screen,
) -> None:
    """Claims that are the same as one of the position's: what is written of them counts here."""
    for claim in _same(position, findings)[:_CLAIMS]:
        screen.line(
            strong(claim), quiet("  the same as one of these: its evidence counts here"), indent=2
        )
        _print_items(claim, cited, findings, audits_of, screen)


def _same(position: Position, findings: Findings) -> list[str]:
    found = dict.fromkeys(position.claims, False)
    for claim in position.claims:
        if not found[claim]:
            # All of a pool are the same, so that one of them tells the others.
            found.update(dict.fromkeys(findings.supports[claim].claims, True))
    return list(found)[len(position.claims) :]


# ------------------------------------------------------------------------------------------ pairs


def _print_pairs(pairs: Pairs, findings: Findings, screen: Screen) -> None:
    screen.line(strong("Why not both" if len(pairs.shown) == 1 else "Why not together"))
    for pair in pairs.shown:
        _print_pair(pair, findings, screen)
    if pairs.more:
        told = f"and {count(pairs.more, 'more pair')}: claimtrack compare A B"
        screen.line(quiet(told), indent=2)


def _print_pair(pair: Pair, findings: Findings, screen: Screen) -> None:
    one, other = pair.numbers
    screen.line(
        f"{one} and {other} · ",
        *_relation_parts(pair),
        pair_words(pair, findings.register),
        indent=2,
    )
    screen.line(quiet(listed(list(pair.claims))), indent=4)
    if pair.comparison is not None and pair.written is not None and pair.written.why:
        screen.line(quiet("a reader wrote: "), pair.written.why, indent=4)


def _relation_parts(pair: Pair) -> Sequence[Part]:
    if pair.comparison is not None:
        weight: list[Part] = [" (", word(pair.weight), ")"] if pair.weight else []
        return [word(pair.comparison.relation), *weight, ": "]
    return [word(pair.written.type), ": "] if pair.written is not None else []
