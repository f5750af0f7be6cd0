"""What holds of any edit: nothing but what was meant changes, in meaning and in bytes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from claimtrack.diagnostic import ClaimtrackError
from claimtrack.edit.draft import Draft, read_draft
from claimtrack.edit.filetext import Splice
from claimtrack.edit.proposal import Proposal, propose
from claimtrack.edit.written import Written
from hand_edits import COMMENT, DRAWS, Drawn, Edit, copied, parsed
from hand_styles import MAIN


@dataclass
class Tried:
    """What came of one edit: the bytes as they would be, or the refusal."""

    edit: Edit
    before: dict[str, bytes]
    after: dict[str, bytes]
    draft: Draft
    made: Written | None = None
    proposal: Proposal | None = None
    refusal: ClaimtrackError | None = None


def draft_of(folder: Path, files: dict[str, bytes]) -> Draft:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return read_draft(folder / MAIN)


def drawn_edit(name: str, rng: Random, draft: Draft, before: dict[str, bytes]) -> Edit | None:
    roots = {file: parsed(content) for file, content in before.items()}
    return DRAWS[name](Drawn(rng, draft, roots))


def tried(edit: Edit, draft: Draft, before: dict[str, bytes]) -> Tried:
    result = Tried(edit, before, dict(before), draft)
    try:
        result.made = edit.make(draft)
        result.proposal = propose(draft, result.made.change)
    except ClaimtrackError as error:
        result.refusal = error
    else:
        result.after |= result.proposal.files
    return result


# --------------------------------------------------------------------------------------- checks


def check(result: Tried) -> None:
    """All that holds of any edit."""
    assert result.made is not None
    check_meaning(result)
    check_bytes(result)
    check_decisions(result)


def check_meaning(result: Tried) -> None:
    expected = {file: copied(parsed(content).data) for file, content in result.before.items()}
    result.edit.applied(expected)
    found = {file: copied(parsed(content).data) for file, content in result.after.items()}
    result.edit.aside(expected)
    result.edit.aside(found)
    assert tidy(found) == tidy(expected)
    for file, data in found.items():
        for section in ("sources", "entities", "properties"):
            assert list(data.get(section) or []) == list(expected[file].get(section) or [])


def tidy(files: dict[str, Any]) -> dict[str, Any]:
    """A section of nothing is no section."""
    return {file: {k: v for k, v in data.items() if v} for file, data in files.items()}


def check_bytes(result: Tried) -> None:
    """Nothing is lost but what was to be taken away, and white space and marks around it."""
    assert result.made is not None
    parts = {file: parsed(content) for file, content in result.before.items()}
    taken = result.edit.taken(parts)
    for file, splices in result.made.change.splices.items():
        before, after = (files[file].decode() for files in (result.before, result.after))
        mark = 1 if before.startswith("\ufeff") else 0
        lost = {at for each in splices for at in range(each.start + mark, each.end + mark)}
        check_kept(before, after, splices, lost, mark)
        own = [
            range(with_dash(before, p.start + mark), p.end + mark)
            for name, p in taken
            if name == file
        ]
        remarks = [remark for each in own for remark in remarks_of(before, each)]
        gone = words(before) - words(after)
        for each in (*own, *remarks):
            gone -= words(before[each.start : each.stop])
        assert gone.keys() <= NULLS
        may_go = {remark for each in remarks for remark in comments(before[each.start : each.stop])}
        assert comments(before) - comments(after) <= may_go


NULLS = {"null", "Null"}


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def with_dash(text: str, start: int) -> int:
    """Where the dash stands before something, with comments between."""
    found = re.search(r"-[ ]*(?:#[^\r\n]*[\r\n]+|\s)*\Z", text[:start])
    return found.start() if found else start


def check_kept(
    before: str, after: str, splices: Sequence[Splice], lost: set[int], mark: int
) -> None:
    """All that is not taken away is still there, in order, with nothing but the new between it."""
    at = done = 0
    for edge in sorted({each.start + mark for each in splices} | {len(before)}):
        kept = "".join(before[each] for each in range(done, edge) if each not in lost)
        found = after.find(kept, at)
        assert found >= at if done else found == 0
        at, done = found + len(kept), edge
    assert after.endswith(before[-1]) or len(before) - 1 in lost or done == len(before)
    new = sum(len(each.text.replace("\n", line_end(before))) for each in splices)
    assert len(after) == len(before) - len(lost) + new


def comments(text: str) -> set[str]:
    return {found.group() for found in COMMENT.finditer(text)}


def remarks_of(text: str, part: range) -> list[range]:
    """Where the comments stand that go with a part: in it, beside its end, and deeper below it."""
    column = len(re.split("[\r\n]", text[: part.start])[-1])
    found, at = [], part.start
    for line in re.split("(?<=\n)|(?<=\r)(?!\n)", text[part.start :]):
        remark = COMMENT.search(line)
        is_alone = line.lstrip().startswith("#")
        is_deeper = len(line) - len(line.lstrip()) > column - 2
        if at > part.stop and line.strip() and not (is_alone and is_deeper):
            break
        if remark:
            found.append(range(at + remark.start(), at + len(line)))
        at += len(line)
    return found


def line_end(text: str) -> str:
    """The line end that most lines have."""
    ends = Counter(re.findall("\r\n|\r|\n", text)) or Counter("\n")
    return max(("\n", "\r\n", "\r"), key=ends.__getitem__)


def check_decisions(result: Tried) -> None:
    """Renamings leave every valid decision valid."""
    if result.edit.name.startswith("rename") and result.proposal is not None:
        assert decisions(result.draft) == decisions(result.proposal.after)


def decisions(draft: Draft) -> list[bool]:
    """Which verdicts and reviews have the fingerprint of what they are about."""
    findings = draft.findings
    conflicts = {each.id: findings.ground(each) for each in findings.conflicts}
    disputes = {
        claim: findings.dispute_ground(claim)
        for claim, support in findings.supports.items()
        if support.disputing
    }
    held = [
        (verdict.fingerprint, claim.fingerprint)
        for claim in findings.register.claims.values()
        for verdict in claim.verdicts
    ]
    for each in findings.register.reviews:
        ground = disputes.get(each.dispute) if each.dispute else conflicts.get(each.conflict or "")
        held.append((each.fingerprint, ground or "none"))
    return [found == ground for found, ground in held]
