"""The command that vouches for quotes to those who do not hold their sources: attest."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from claimtrack.cli.hindsight import today
from claimtrack.cli.opening import Opened, open_register
from claimtrack.cli.output import write
from claimtrack.cli.signing import OnOption, SignedByOption, refuse_empty, signed_by
from claimtrack.cli.usage import WrongUsage
from claimtrack.cli.writing import DryRunOption, tell_waiting
from claimtrack.edit.attesting import Attesting, attested_path, attesting, write_attestations
from claimtrack.findings.selection import find_id
from claimtrack.progress import Tell, counted
from claimtrack.render.patches import patch
from claimtrack.render.progress import progress
from claimtrack.render.quotes import result_words
from claimtrack.render.screen import screen
from claimtrack.render.style import strong
from claimtrack.render.words import count

_SHOWN = 20


class NotAttestable(WrongUsage):
    """A source of which nothing can be attested here."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"nothing can be attested of '{source}': {reason}")


def attest(
    context: typer.Context,
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE]...", help="Sources; all that are held here if none is named."
        ),
    ] = None,
    by: SignedByOption = None,
    on: OnOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Write down which quotes stand, for those who do not hold the sources.

    Beside the register, in sources/FILE.attested: digests, lines and results, and nothing of the
    source's text. A quote that does not stand is refused, and the exit status is then 1.
    """
    refuse_empty("--by", by)
    refuse_empty("--on", on)
    opened = open_register(context)
    signer, day = signed_by(context, by), on or today().isoformat()
    with progress(sys.stderr) as tell:
        files = _files(opened, sources or (), tell)
    plans = [_plan(opened, file, held, signer, day) for file, held in files.items()]
    if dry_run:
        changed = plans
        _print_patches(opened, plans)
    else:
        changed = write_attestations(opened.main, plans, tell_waiting)
        write("".join(f"{_shown_path(opened, each)}\n" for each in changed))
        sys.stdout.flush()
    _tell(plans, changed, is_trial=dry_run)
    opened.note_what_is_left_out()
    if any(plan.refused for plan in plans):
        raise typer.Exit(1)


def _files(opened: Opened, asked: Sequence[str], tell: Tell) -> dict[str, list[str]]:
    """The sources to attest, by their files. Raises NotAttestable for one that was asked for."""
    register = opened.findings.register
    named = [find_id("source", each, register.sources) for each in asked]
    of_file: dict[str, list[str]] = {}
    for key, each in register.sources.items():
        if each.file is not None:
            of_file.setdefault(os.path.normpath(each.file), []).append(key)
    files: dict[str, list[str]] = {}
    for source in counted(named or register.sources, "reading sources", tell):
        reason = _why_not(opened, source)
        if reason and named:
            raise NotAttestable(source, reason)
        file = register.sources[source].file
        if not reason and file is not None:
            # All the quotes of a file, whichever source they name it by.
            name = os.path.normpath(file)
            files[name] = of_file[name]
    if not files:
        raise WrongUsage(
            "no source with a recorded sha256 is held here, so nothing can be attested"
        )
    return files


def _why_not(opened: Opened, source: str) -> str:
    ground = opened.shelf.ground(source)
    if ground.text is None:
        return ground.why
    if opened.findings.register.sources[source].sha256 is None:
        return f"its sha256 is not recorded; claimtrack source set {source} --source-file FILE"
    return ""


def _plan(opened: Opened, file: str, sources: Sequence[str], by: str | None, on: str) -> Attesting:
    grounds = map(opened.shelf.ground, sources)
    ground = next(each for each in grounds if each.text is not None)
    by_source = opened.audits.by_source
    audits = [each for source in sources for each in by_source.get(source, ())]
    is_whole = not any(opened.findings.register.left_out.values())
    return attesting(
        file, ground.sha256 or "", audits, ground.attestations, by, on, is_whole=is_whole
    )


def _print_patches(opened: Opened, plans: Sequence[Attesting]) -> None:
    for plan in plans:
        path = attested_path(opened.main, plan.file)
        old = path.read_text("utf-8", "replace") if path.is_file() else ""
        write(patch(_shown_path(opened, plan), old, plan.data.decode()))


def _shown_path(opened: Opened, plan: Attesting) -> str:
    return os.path.relpath(attested_path(opened.main, plan.file))


def _tell(plans: Sequence[Attesting], changed: Sequence[Attesting], *, is_trial: bool) -> None:
    out = screen(sys.stderr)
    for plan in plans:
        kept = len(plan.attestations) - plan.new
        told = [f"{count(plan.new, 'quote')} newly attested", f"{kept:,} as before"]
        told += [f"{plan.dropped:,} that no longer hold dropped"] if plan.dropped else []
        out.line(strong(plan.file), f"  {', '.join(told)}")
        for quoted, audit in plan.refused[:_SHOWN]:
            refused = f"refused: {quoted.claim}: “{quoted.quote}” {result_words(audit)}"
            out.line(refused, indent=2)
        if len(plan.refused) > _SHOWN:
            out.line(f"and {len(plan.refused) - _SHOWN:,} more refused", indent=2)
    if not changed and not is_trial:
        out.line("nothing to write: all of it is attested already")
