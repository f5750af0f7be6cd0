"""Every quote of a register against its source, and what others attest of sources not held.

The rules are those of the contract's section "Quotes". A held source decides; where it is not held,
an attestation made of the recorded file stands for it, and only for the very quote that it was made
of.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from claimtrack.diagnostic import Place
from claimtrack.frozen import frozen
from claimtrack.model import Evidence, Register, Source
from claimtrack.progress import Tell, quiet
from claimtrack.quotes.audit import Audit, AuditResult

if TYPE_CHECKING:
    from claimtrack.quotes.text import SourceText


@frozen
class Attestation:
    """What a person who held a source found of one quote in it.

    Both digests are SHA-256 in lower-case hex: of the source's bytes, and of the quote in UTF-8.
    """

    source_sha256: str
    quote_sha256: str
    line: int
    result: AuditResult
    by: str | None
    on: str | None
    place: Place


@frozen
class Ground:
    """What the quotes of a source are compared with.

    ``text`` is None where there is none to compare with, and ``why`` says why. ``sha256`` is the
    digest that attestations must be of: the held file's, else the recorded one.
    """

    text: SourceText | None
    held: bool
    why: str = ""
    sha256: str | None = None
    attestations: tuple[Attestation, ...] = ()


@frozen
class Quoted:
    """A quote where it stands: its claim, the index of its item there, and the item."""

    claim: str
    index: int
    evidence: Evidence

    @property
    def quote(self) -> str:
        """The quote as YAML gives it."""
        return self.evidence.quote or ""


@frozen
class Disagreement:
    """An attestation that says of a quote what the held source does not."""

    attestation: Attestation
    quoted: Quoted
    found: Audit


class Audits:
    """The results of quotes, by claim and the index of the item in it."""

    def __init__(self, results: Mapping[tuple[str, int], tuple[Quoted, Audit]]) -> None:
        self._results = results

    def __iter__(self) -> Iterator[tuple[Quoted, Audit]]:
        return iter(self._results.values())

    def of(self, claim: str, index: int) -> Audit | None:
        """The result of an item; None if it has no quote, or was not asked for."""
        found = self._results.get((claim, index))
        return None if found is None else found[1]

    @property
    def totals(self) -> Counter[AuditResult]:
        """How many quotes have each result."""
        return Counter(audit.result for _, audit in self)

    def of_source(self, source: str) -> Counter[AuditResult]:
        """How many quotes of one source have each result."""
        return Counter(audit.result for _, audit in self.by_source.get(source, ()))

    @cached_property
    def by_source(self) -> dict[str, list[tuple[Quoted, Audit]]]:
        """The quotes of each source that has any, with their results."""
        found: defaultdict[str, list[tuple[Quoted, Audit]]] = defaultdict(list)
        for quoted, audit in self:
            found[quoted.evidence.source].append((quoted, audit))
        return dict(found)


@frozen
class Audited:
    """The audits of a register, and the attestations that its held sources contradict."""

    audits: Audits
    disagreements: tuple[Disagreement, ...] = ()

    @property
    def has_found(self) -> bool:
        """Whether any quote stands in a text that is held."""
        return any(audit.found for _, audit in self.audits)


def quotes(register: Register, claims: Iterable[str] | None = None) -> dict[str, list[Quoted]]:
    """The quotes of all claims, or of some, by source; sources and quotes in file order."""
    found: dict[str, list[Quoted]] = {source: [] for source in register.sources}
    for claim in register.claims if claims is None else claims:
        for index, evidence in enumerate(register.claims[claim].evidence):
            if evidence.quote is not None:
                found[evidence.source].append(Quoted(claim, index, evidence))
    return {source: held for source, held in found.items() if held}


def audit(
    register: Register,
    quoted: Mapping[str, Sequence[Quoted]],
    ground_of: Callable[[Source], Ground],
    tell: Tell = quiet,
) -> Audited:
    """The results of quotes in file order; each source's ground is asked for once."""
    results: dict[tuple[str, int], tuple[Quoted, Audit]] = {}
    disagreements: list[Disagreement] = []
    total = sum(map(len, quoted.values()))
    for source, items in quoted.items():
        doing = f"comparing quotes with {source}"
        tell(doing, len(results), total)
        ground = ground_of(register.sources[source])
        attested = _by_quote(ground.attestations)
        held = []
        for done, each in enumerate(items, len(results)):
            tell(doing, done, total)
            held.append((each, _audit(each.evidence, ground, attested)))
        results |= {(each.claim, each.index): (each, found) for each, found in held}
        disagreements += [
            each
            for each in _held_against(held, ground)
            if each.found.result != each.attestation.result
        ]
    order = {claim: number for number, claim in enumerate(register.claims)}
    in_order = sorted(results.items(), key=lambda each: (order[each[0][0]], each[0][1]))
    return Audited(Audits(dict(in_order)), tuple(disagreements))


def _by_quote(attestations: Iterable[Attestation]) -> Mapping[str, list[Attestation]]:
    found: defaultdict[str, list[Attestation]] = defaultdict(list)
    for each in attestations:
        found[each.quote_sha256].append(each)
    return found


def _audit(evidence: Evidence, ground: Ground, attested: Mapping[str, list[Attestation]]) -> Audit:
    quote = evidence.quote or ""
    if ground.text is not None:
        return _compared(quote, evidence.line, ground.text)
    if ground.held:
        return Audit(AuditResult.UNCHECKED, why=ground.why)
    of_quote = attested.get(quote_digest(quote), []) if attested else []
    return _attested(evidence.line, ground, of_quote)


def _compared(quote: str, line: int | None, text: SourceText) -> Audit:
    # What shows results that are known already starts without what finds them.
    from claimtrack.quotes.auditing import audit_quote

    return audit_quote(quote, line, text)


def _attested(line: int | None, ground: Ground, of_quote: list[Attestation]) -> Audit:
    """The result where the source is not held, and why if nobody vouches for the quote."""
    of_file = [each for each in of_quote if each.source_sha256 == ground.sha256]
    lines = sorted({each.line for each in of_file})
    if lines and (line in lines or (line is None and len(lines) == 1)):
        return Audit(AuditResult.ATTESTED, line or lines[0])
    return Audit(AuditResult.UNCHECKED, why=f"{ground.why}{_not_attested(of_quote, lines, ground)}")


def _not_attested(of_quote: list[Attestation], lines: list[int], ground: Ground) -> str:
    if lines:
        return f", and what is attested is line {', '.join(map(str, lines[:3]))}"
    if of_quote:
        return ", and what is attested is another version of it"
    return ", and nobody attests these words" if ground.attestations else ""


def _held_against(
    audited: Iterable[tuple[Quoted, Audit]], ground: Ground
) -> Iterator[Disagreement]:
    """Each attestation of the held file, with what that file says of the quote at its line."""
    if ground.text is None:
        return
    known: dict[str, tuple[Quoted, Audit]] = {}
    for each in audited:
        known.setdefault(quote_digest(each[0].quote), each)
    for attestation in ground.attestations:
        if attestation.source_sha256 != ground.sha256 or attestation.quote_sha256 not in known:
            continue
        quoted, found = known[attestation.quote_sha256]
        # What is on no line is not on this one: that took long to find out, and is found once.
        if not found.result.is_error:
            found = _compared(quoted.quote, attestation.line, ground.text)
        yield Disagreement(attestation, quoted, found)


def quote_digest(quote: str) -> str:
    """What an attestation names a quote by: SHA-256 of its UTF-8 text as YAML gives it."""
    import hashlib  # with OpenSSL; most commands name no quote by its digest

    return hashlib.sha256(quote.encode("utf-8", "surrogatepass")).hexdigest()
