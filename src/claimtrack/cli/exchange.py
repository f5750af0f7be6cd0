"""Commands that exchange claims with other programs: import reads rows, export writes them."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from claimtrack.cli.filters import (
    AboutOption,
    ByOption,
    ConflictingOption,
    DisputedOption,
    FlagOption,
    KindOption,
    ReliabilityOption,
    SinceOption,
    SourceOption,
    TagOption,
    TextArgument,
    UntilOption,
    selection_of,
)
from claimtrack.cli.locating import locate
from claimtrack.cli.noting import note_left_out, told_if_unreadable
from claimtrack.cli.output import write
from claimtrack.cli.usage import WrongUsage
from claimtrack.cli.writing import (
    FileOption,
    carry_out,
    new_conflicts,
    print_patches,
    tell_consequences,
    tell_finished,
    tell_next,
)
from claimtrack.diagnostic import did_you_mean
from claimtrack.edit.draft import Draft, read_draft
from claimtrack.edit.importing import Imported, Outcome, RowsRejected, Terms, import_rows
from claimtrack.edit.writing import Result
from claimtrack.findings.selection import select
from claimtrack.progress import Tell
from claimtrack.reading.rows import COLUMNS, SCOPE, Naming, Row, is_key, read_rows
from claimtrack.render.claim_lines import as_json_line
from claimtrack.render.claim_table import as_claim_table
from claimtrack.render.imports import print_outcomes, summary_words
from claimtrack.render.progress import progress
from claimtrack.render.screen import screen
from claimtrack.render.style import quiet
from claimtrack.render.words import count, listed

_SHOWN = 50
"""How many rejected rows, and how many claims that lost something, are told."""


class RowForm(StrEnum):
    """How rows of claims are written."""

    JSONL = "jsonl"
    CSV = "csv"


RowFormOption = Annotated[
    RowForm | None,
    typer.Option(
        "--format",
        help="How the rows are written. Otherwise the file's name says it: .csv or .jsonl.",
        case_sensitive=False,
        show_default=False,
    ),
]


# ----------------------------------------------------------------------------------------- import


def import_claims(
    context: typer.Context,
    path: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            allow_dash=True,
            readable=False,
            help="CSV or JSON Lines; - reads standard input.",
        ),
    ],
    form: RowFormOption = None,
    renamed: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="COLUMN=KEY", help="What a column of the file holds, by its key here."
        ),
    ] = None,
    ignored: Annotated[
        list[str] | None,
        typer.Option("--ignore-column", metavar="COLUMN", help="Leave out a column of the file."),
    ] = None,
    add_sources: Annotated[
        bool,
        typer.Option("--add-sources", help="Add the sources that are missing, by id alone."),
    ] = False,
    partial: Annotated[
        bool, typer.Option("--partial", help="Write the sound rows even if others are rejected.")
    ] = False,
    file: FileOption = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Say of each row what it would do, and write nothing."),
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="With --dry-run, show the change as a diff too.")
    ] = False,
) -> None:
    """Add claims and evidence from the rows of a file, CSV or JSON Lines.

    A row is a claim with at most one assertion and one item of evidence, or a further item for a
    claim that is there. What is there already is skipped. Nothing is written if any row is
    rejected, unless --partial wants the others; the exit status is 1 either way.
    """
    if diff and not dry_run:
        raise WrongUsage("--diff goes with --dry-run")
    rows = _rows(path, form, _naming(renamed or (), ignored or ()))
    terms = Terms(_name(path), partial or dry_run, add_sources, file)

    def make(draft: Draft, tell: Tell) -> Imported:
        return import_rows(draft, rows, terms, tell)

    try:
        result = carry_out(context, make, dry_run=dry_run)
    except RowsRejected as error:
        _tell_rejected(error.outcomes, terms.name)
        screen(sys.stderr).line(summary_words(error.outcomes, is_done=False))
        raise
    _tell_import(result, terms.name, dry_run=dry_run, diff=diff)
    if dry_run:
        is_held_up = not partial and any(o.action == "reject" for o in result.made.outcomes)
        hint = "; while rows are rejected, only --partial writes the others" if is_held_up else ""
        screen(sys.stderr).line(f"nothing was written{hint}")
    elif result.proposal.files:
        tell_next(
            context,
            "claimtrack conflicts" if new_conflicts(result.proposal) else "claimtrack check",
        )
    if any(outcome.action == "reject" for outcome in result.made.outcomes):
        raise typer.Exit(1)


def _rows(path: Path, form: RowForm | None, naming: Naming) -> list[Row]:
    found = form or _form_of(path)
    for key in naming.renamed.values():
        if not is_key(key):
            near = did_you_mean(key, COLUMNS) or f"; they are {', '.join(COLUMNS)}, {SCOPE}KEY"
            raise WrongUsage(f"--map: no key is called '{key}'{near}")
    try:
        data = sys.stdin.buffer.read() if path == _STANDARD_INPUT else path.read_bytes()
    except OSError as error:
        raise WrongUsage(f"{path} cannot be read: {error.strerror}") from error
    with progress(sys.stderr) as tell:
        tell(f"reading {_name(path)}", 0, 0)
        return read_rows(data, _name(path), found.value, naming)


_STANDARD_INPUT = Path("-")


def _name(path: Path) -> str:
    return "standard input" if path == _STANDARD_INPUT else str(path)


_SUFFIXES = {
    ".csv": RowForm.CSV,
    ".tsv": RowForm.CSV,
    ".jsonl": RowForm.JSONL,
    ".ndjson": RowForm.JSONL,
}


def _form_of(path: Path) -> RowForm:
    found = _SUFFIXES.get(path.suffix.lower())
    if found is None:
        raise WrongUsage(
            f"whether {_name(path)} is CSV or JSON Lines is not told by its name; say --format csv "
            "or --format jsonl"
        )
    return found


def _naming(renamed: Sequence[str], ignored: Sequence[str]) -> Naming:
    keys: dict[str, str] = {}
    for each in renamed:
        column, sign, key = each.rpartition("=")
        if not sign or not column.strip() or not key.strip():
            raise WrongUsage(f"--map '{each}' is not COLUMN=KEY, such as 'Claim text=statement'")
        keys[column.strip()] = key.strip()
    both = [column for column in ignored if column.strip() in keys]
    if both:
        raise WrongUsage(f"--map and --ignore-column contradict each other about '{both[0]}'")
    return Naming(keys, [column.strip() for column in ignored])


def _tell_import(result: Result[Imported], name: str, *, dry_run: bool, diff: bool) -> None:
    made, out = result.made, screen(sys.stderr)
    if dry_run:
        print_outcomes(made.outcomes, name, screen())
    else:
        _tell_rejected(made.outcomes, name)
        _print_ids([each.claim or "" for each in made.outcomes if each.action == "add"])
    if diff:
        print_patches(result.proposal)
    tell_finished(result.finished, out)
    out.line(summary_words(made.outcomes, is_done=not dry_run))
    if made.sources:
        told = listed([*made.sources[:_SHOWN], *(["others"] if made.sources[_SHOWN:] else [])])
        out.line(f"{count(len(made.sources), 'source')} without any facts yet: {told}")
    tell_consequences(result.proposal, out)


def _tell_rejected(outcomes: Sequence[Outcome], name: str) -> None:
    rejected = [outcome for outcome in outcomes if outcome.action == "reject"]
    print_outcomes(rejected[:_SHOWN], name, screen(sys.stderr))
    if len(rejected) > _SHOWN:
        more = count(len(rejected) - _SHOWN, "rejected row")
        screen(sys.stderr).line(f"and {more} more; --dry-run tells of each")


def _print_ids(ids: Sequence[str]) -> None:
    """The ids of new claims, for scripts; a terminal gets the first of them."""
    shown = ids[:_SHOWN] if sys.stdout.isatty() else ids
    write("".join(f"{claim}\n" for claim in shown))
    if len(shown) < len(ids):
        screen().line(quiet(f"and {len(ids) - len(shown):,} more"))


# ----------------------------------------------------------------------------------------- export


def export(
    context: typer.Context,
    text: TextArgument = None,
    flag: FlagOption = None,
    disputed: DisputedOption = False,
    conflicting: ConflictingOption = False,
    source: SourceOption = None,
    about: AboutOption = None,
    by: ByOption = None,
    kind: KindOption = None,
    tag: TagOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    reliability: ReliabilityOption = None,
    form: Annotated[
        RowForm, typer.Option("--format", help="How the rows are written.", case_sensitive=False)
    ] = RowForm.JSONL,
) -> None:
    """Write claims as rows that claimtrack import reads, to standard output.

    JSON Lines hold all of a claim. CSV holds a row for each item of evidence, and says on standard
    error what it has no columns for.
    """
    selection = selection_of(
        text=text,
        flag=flag,
        disputed=disputed,
        conflicting=conflicting,
        source=source,
        about=about,
        by=by,
        kind=kind,
        tag=tag,
        since=since,
        until=until,
        reliability=reliability,
    )
    draft = _read(context)
    chosen = [draft.entries.claims[key] for key in select(draft.findings, selection)]
    if form is RowForm.JSONL:
        properties = draft.register.properties
        write("".join(as_json_line(entry.node, properties) for entry in chosen))
    else:
        table = as_claim_table((e.shape for e in chosen if e.shape), draft.written_names)
        write(table.text)
        _tell_left_out(table.left_out)
    note_left_out(draft.register.left_out)


def _read(context: typer.Context) -> Draft:
    main = locate(context)
    with told_if_unreadable(main), progress(sys.stderr) as tell:
        return read_draft(main, tell=tell)


def _tell_left_out(left_out: Mapping[str, Sequence[str]]) -> None:
    out = screen(sys.stderr)
    for what, claims in left_out.items():
        few = ", ".join(claims[:3]) + (", …" if len(claims) > 3 else "")
        out.line(f"claimtrack: not in CSV: {what} of {count(len(claims), 'claim')} ({few})")
    if left_out:
        out.line("claimtrack: --format jsonl leaves nothing out")
