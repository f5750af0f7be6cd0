"""Which position independent origins and grades speak for, with every term of the sums in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claimtrack.findings.conflicts import Conflict
from claimtrack.findings.findings import Findings
from claimtrack.findings.support import grade_of
from claimtrack.findings.weighing import Silent, Tally, Voice, Weighing
from claimtrack.model import Register
from claimtrack.render.evidence import origin_words
from claimtrack.render.screen import Screen
from claimtrack.render.style import quiet, strong
from claimtrack.render.words import count, listed, position_words

_VOICES = 12
_NO_VERDICT = "This counts what is written; it is no verdict, and changes nothing."


def print_weighing(
    weighing: Weighing,
    shown: Sequence[int],
    conflict: Conflict,
    findings: Findings,
    screen: Screen,
) -> None:
    """The sums of the positions with those numbers, and what all sums come to."""
    screen.line(strong("What origins and grades speak for"))
    for number in shown:
        _print_tally(weighing.tallies[number - 1], conflict, findings.register, screen)
    more = len(weighing.tallies) - len(shown)
    if more:
        screen.line(quiet(f"and {count(more, 'more position')}, none with a larger sum"), indent=2)
    screen.line(strong(result_words(weighing, conflict, findings.register)), indent=2)
    screen.line(quiet(_NO_VERDICT), indent=2)


def result_words(weighing: Weighing, conflict: Conflict, register: Register) -> str:
    """Which position the sums speak for and by how much, or that they do not decide."""
    if not weighing.leading:
        return "Nothing firm is written for any position; origins and grades do not decide."
    most = weighing.tallies[weighing.leading[0] - 1].total
    if weighing.favours is None:
        few = [str(number) for number in weighing.tie[:_VOICES]]
        left = len(weighing.tie) - len(few)
        tied = listed([*few, f"{left:,} more"] if left else few)
        return f"Tie: {tied} at {most:,} each; origins and grades do not decide."
    named = position_words(conflict.positions[weighing.favours - 1], register)
    rest = most - weighing.lead
    against = f"{rest:,}" if len(weighing.tallies) == 2 else f"{rest:,} for the next"
    told = f"They speak for {weighing.favours} ({named}) by {weighing.lead:,}"
    return f"{told}: {most:,} against {against}."


def _print_tally(tally: Tally, conflict: Conflict, register: Register, screen: Screen) -> None:
    named = position_words(conflict.positions[tally.number - 1], register)
    shown = tally.voices[:_VOICES]
    sum_of = " + ".join(str(voice.weight) for voice in shown)
    terms = f" = {sum_of}" if 1 < len(tally.voices) == len(shown) else ""
    screen.line(f"{tally.number}  ", named, f": {tally.total:,}", quiet(terms), indent=2)
    for voice in shown:
        screen.line(f"{_voice_words(voice, register)}: ", term_words(voice), indent=4)
    left = tally.voices[_VOICES:]
    if left:
        together = sum(voice.weight for voice in left)
        screen.line(f"and {count(len(left), 'more origin')}, together {together:,}", indent=4)
    _print_silent(tally, register, screen)


def _voice_words(voice: Voice, register: Register) -> str:
    """An origin, and the source that the letter is of, where that is another."""
    source = voice.item.evidence.source
    through = f", by {source}" if voice.origin != f"source:{source}" else ""
    return f"{origin_words(voice.origin, register)}{through}"


def _print_silent(tally: Tally, register: Register, screen: Screen) -> None:
    holders = {voice.root: voice.origin for voice in tally.voices}
    for silent in tally.silent[:_VOICES]:
        screen.line(quiet(silence_words(silent, holders, register)), indent=4)
    if len(tally.silent) > _VOICES:
        left = len(tally.silent) - _VOICES
        screen.line(quiet(f"and {count(left, 'more origin')} not counted"), indent=4)
    if not tally.voices:
        screen.line(quiet("nothing firm is written for it"), indent=4)


def term_words(voice: Voice) -> str:
    """``1 for itself + 3 for reliability B + 4 for credibility 1 = 8``."""
    reliability = _points(voice.reliability_points, "reliability", voice.reliability, "F")
    credibility = _points(voice.credibility_points, "credibility", voice.credibility, 6)
    return f"1 for itself + {reliability} + {credibility} = {voice.weight}"


def _points(points: int, what: str, written: str | int | None, unknown: str | int) -> str:
    if written is None:
        return f"{points} for no {what} given"
    open_ = " (cannot be judged)" if written == unknown else ""
    return f"{points} for {what} {written}{open_}"


def silence_words(silent: Silent, holders: Mapping[str, str], register: Register) -> str:
    """Why an origin is not counted; ``holders`` are the origins that roots are counted for."""
    who = origin_words(silent.origin, register)
    if silent.reason == "only speculates":
        return f"{who} only speculates: not counted"
    if silent.reason == "took it back":
        return f"{who} took back what it said: not counted"
    if silent.reason == "disputes":
        grade = grade_of(silent.item.evidence, register)
        graded = f" ({grade})" if grade else ""
        return f"{who} {silent.item.evidence.stance} it{graded}: named, not counted"
    return f"{who} is not independent {_taken(silent.roots, holders, register)}"


_ROOTS = 3


def _taken(roots: Sequence[str], holders: Mapping[str, str], register: Register) -> str:
    """``of the Ministry: both rest on s``, or for whom each of several roots is counted."""
    taken = [(root, origin_words(holders[root], register)) for root in roots[:_ROOTS]]
    if len(roots) == 1:
        root, other = taken[0]
        return f"of {other}: both rest on {root}"
    told = [f"{root} for {other}" for root, other in taken]
    told += [f"{len(roots) - _ROOTS:,} more"] if len(roots) > _ROOTS else []
    return f"of others: what it rests on is counted already, {listed(told)}"
