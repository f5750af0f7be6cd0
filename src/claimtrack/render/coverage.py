"""Coverage in words: how much of each source is quoted, and which of its sentences nobody did."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.findings.coverage import CoveredText, SourceCoverage
from claimtrack.quotes.audit import Stretch
from claimtrack.quotes.coverage import SentenceCover
from claimtrack.quotes.text import SourceText
from claimtrack.render.documents import Json
from claimtrack.render.quotes import line_words
from claimtrack.render.screen import Screen
from claimtrack.render.style import quiet, strong
from claimtrack.render.words import count

HEADERS = ("source", "sentences", "quoted", "words", "words_quoted", "share", "note")
SENTENCE_HEADERS = ("line", "page", "sentence")
_HEADERS = ("source", "sentences", "quoted", "words", "share", "note")
_NAMED = 3


def coverage_row(each: SourceCoverage) -> Json:
    """A source as programs read it; every number is null where there is no text to count."""
    held = None if each.covered is None else each.covered.coverage
    return {
        "source": each.source,
        "sentences": None if held is None else len(held.sentences),
        "quoted": None if held is None else held.quoted,
        "words": None if held is None else held.words,
        "words_quoted": None if held is None else held.words_quoted,
        "share": _share(each.covered),
        "ambiguous": 0 if each.covered is None else len(each.covered.unplaced),
        "why": each.why or None,
    }


def overlooked_rows(covered: CoveredText | None) -> list[Json]:
    """The sentences of a source that no claim quotes, as programs read them."""
    if covered is None:
        return []
    return [
        {
            "line": sentence.line,
            "page": covered.text.page_of(sentence.line),
            "text": _sentence(sentence, covered.text),
        }
        for sentence in covered.coverage.overlooked
    ]


def row(each: SourceCoverage) -> list[str]:
    """A source's cells, under HEADERS."""
    told = coverage_row(each)
    numbers = ["" if told[key] is None else str(told[key]) for key in HEADERS[1:-1]]
    return [each.source, *numbers, _note(each)]


def overlooked_cells(covered: CoveredText | None) -> list[list[str]]:
    """The cells of the sentences that no claim quotes, under SENTENCE_HEADERS."""
    return [
        [str(told["line"]), str(told["page"] or ""), told["text"]]
        for told in overlooked_rows(covered)
    ]


def _share(covered: CoveredText | None) -> float | None:
    if covered is None or not covered.coverage.words:
        return None
    return round(covered.coverage.words_quoted / covered.coverage.words, 4)


def _percent(covered: CoveredText) -> str:
    """``62 %`` of the words, rounded down, so that only what is quoted whole is 100 %."""
    quoted, words = covered.coverage.words_quoted, covered.coverage.words
    if not words:
        return "no words"
    percent = 100 * quoted // words
    return f"{percent} %" if percent or not quoted else "under 1 %"


def _note(each: SourceCoverage) -> str:
    if each.covered is None:
        return each.why
    unplaced = len(each.covered.unplaced)
    return f"{count(unplaced, 'ambiguous quote')} not counted" if unplaced else ""


def _sentence(sentence: SentenceCover, text: SourceText) -> str:
    return one_line(text.text, sentence.stretch)


def one_line(text: str, stretch: Stretch) -> str:
    """A stretch of a text with its white space as single spaces."""
    return " ".join(text[stretch.start : stretch.end].split())


# -------------------------------------------------------------------------------------- the table


def print_table(found: Sequence[SourceCoverage], screen: Screen) -> None:
    """All sources, and how much there is still to read."""
    if not found:
        screen.line("The register has no sources.")
        return
    screen.table(_HEADERS, [[strong(each.source), *_cells(each)] for each in found])
    held = [each.covered for each in found if each.covered is not None]
    overlooked = sum(len(each.coverage.overlooked) for each in held)
    screen.line()
    if not held:
        screen.line("None of them has a text here, so nothing can be said of what is covered.")
    elif overlooked:
        told = count(overlooked, "sentence is", "sentences are")
        screen.line(f"{told} quoted by no claim: claimtrack coverage SOURCE lists those of one.")
    else:
        screen.line("Every sentence of the sources held here is quoted.")


def _cells(each: SourceCoverage) -> list[str]:
    if each.covered is None:
        return ["", "", "", "", each.why]
    held = each.covered.coverage
    numbers = [str(len(held.sentences)), str(held.quoted), str(held.words)]
    return [*numbers, _percent(each.covered), _note(each)]


# ------------------------------------------------------------------------------------- one source


def print_source(each: SourceCoverage, file: str, screen: Screen) -> None:
    """One source: how much of it is quoted, and each sentence of it that is not."""
    print_head(each, file, screen)
    covered = each.covered
    if covered is None:
        return
    overlooked = covered.coverage.overlooked
    screen.line()
    if not overlooked:
        screen.line("Every sentence of it is quoted.")
        return
    screen.line(strong("Quoted by no claim"), quiet(f" {len(overlooked):,}"))
    for sentence in overlooked:
        place = line_words(sentence.line, covered.text)
        told = _sentence(sentence, covered.text)
        screen.line(told, indent=2, label=quiet(f"{place}  "))
    screen.line()
    screen.line(f"claimtrack coverage {each.source} --annotate shows them among the rest.")


def print_head(each: SourceCoverage, file: str, screen: Screen) -> None:
    """A source's id, file and numbers, or why there are none."""
    screen.line(strong(each.source), quiet(f"  {file}" if file else ""))
    covered = each.covered
    if covered is None:
        screen.line(f"Nothing can be said of what is covered: {each.why}.", indent=2)
        return
    held = covered.coverage
    screen.line(
        f"{held.quoted:,} of {count(len(held.sentences), 'sentence')} and "
        f"{held.words_quoted:,} of {count(held.words, 'word')} are quoted, {_percent(covered)}.",
        indent=2,
    )
    if covered.unplaced:
        screen.line(_unplaced_words(covered), indent=2)


def _unplaced_words(covered: CoveredText) -> str:
    claims = list(dict.fromkeys(quoted.claim for quoted in covered.unplaced))
    more = f" and {len(claims) - _NAMED:,} more" if len(claims) > _NAMED else ""
    told = count(len(covered.unplaced), "quote stands", "quotes stand")
    return (
        f"{told} in more than one place without a line to say which, and not counted: "
        f"{', '.join(claims[:_NAMED])}{more}."
    )
