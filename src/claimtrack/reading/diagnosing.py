"""All diagnostics of a register together: of its text, of what follows, and of its evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from claimtrack.diagnostic import Diagnostic, Order, in_order
from claimtrack.findings.audits import Audited
from claimtrack.findings.findings import Findings
from claimtrack.findings.later_captures import check_later_captures
from claimtrack.findings.overstatement.checking import OverstatementCheck
from claimtrack.findings.quote_checks import check_attested, check_quotes
from claimtrack.findings.undeclared_copies import check_copies, said_in
from claimtrack.frozen import frozen
from claimtrack.model import Register
from claimtrack.progress import Tell, counted, quiet
from claimtrack.quotes.text import SourceText
from claimtrack.reading.files import files_of
from claimtrack.reading.quoted_sentences import sentence
from claimtrack.reading.register import Reading
from claimtrack.reading.shelf import Shelf
from claimtrack.reading.silencing import Silenced, check_idle, cited, find_comments, silence
from claimtrack.reading.words import FOLDER, read_words


@frozen
class Diagnosis:
    """What is wrong with a register, and the warnings that comments silence.

    Both by file, in the order that files were read, then by line, column and code; files of
    attestations come after the register's own.
    """

    told: tuple[Diagnostic, ...]
    silenced: tuple[Silenced, ...]


def diagnose(
    reading: Reading, findings: Findings, shelf: Shelf, audited: Audited, tell: Tell = quiet
) -> Diagnosis:
    """Every check, each once. Raises WordsUnreadable."""
    register, text_of = findings.register, shelf.text_of
    texts = _texts(register, text_of)
    found = [
        *reading.diagnostics,
        *findings.diagnostics,
        *shelf.diagnostics(),
        *check_quotes(audited.audits, shelf.shown_file),
        *check_attested(audited.disagreements),
        *check_later_captures(register, audited.audits, text_of),
        *check_copies(register, texts, said_in(register, audited.audits), tell),
        *_check_overstatement(reading, shelf if texts else None, audited, tell),
    ]
    places = (each.place for each in register.claims.values())
    comments = find_comments(files_of(reading.main, reading.files), places)
    silencing = silence(found, comments.sound)
    idle: list[Diagnostic] = []
    if not any(register.left_out.values()):
        idle = check_idle(silencing.idle, cited(register), lambda key: text_of(key) is not None)
    numbers = {file: number for number, file in enumerate(reading.files)}

    def order(each: Diagnostic) -> Order:
        return in_order(each, numbers)

    return Diagnosis(
        tuple(sorted((*silencing.kept, *comments.mistakes, *idle), key=order)),
        tuple(sorted(silencing.silenced, key=lambda each: order(each.diagnostic))),
    )


def _check_overstatement(
    reading: Reading, shelf: Shelf | None, audited: Audited, tell: Tell
) -> Iterator[Diagnostic]:
    """``shelf`` is None where no text is held at all, and so no sentence to be looked for."""
    register = reading.register
    check = OverstatementCheck(register, read_words(reading.main.parent / FOLDER))
    doing = "comparing claims with their quotes"
    for claim in counted(register.claims.values(), doing, tell):
        said: Callable[[int], str | None] = _no_sentence
        if shelf is not None:
            said = partial(sentence, claim.id, register=register, shelf=shelf, audited=audited)
        yield from check.check(claim, said)


def _no_sentence(_: int) -> str | None:
    """The sentence of a quote whose source is not held."""
    return None


def _texts(
    register: Register, text_of: Callable[[str], SourceText | None]
) -> dict[str, SourceText]:
    texts = ((source, text_of(source)) for source in register.sources)
    return {source: text for source, text in texts if text is not None}
