"""The command that shows one claim."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.cli.hindsight import of_claim
from claimtrack.cli.output import PageFormatOption, write
from claimtrack.cli.serving import serve
from claimtrack.cli.usage import PageFormat
from claimtrack.findings.audits import audit, quotes
from claimtrack.index.names import find_claim
from claimtrack.render.claims import print_claim
from claimtrack.render.documents import claim_whole, document
from claimtrack.render.quotes import Quoting, quote_row
from claimtrack.render.reviews import gone_reviews_of, stale_part
from claimtrack.render.screen import screen


def show(
    context: typer.Context,
    claim: Annotated[
        str, typer.Argument(metavar="ID", help="A claim's id, or a part of only one.")
    ],
    form: PageFormatOption = PageFormat.TABLE,
) -> None:
    """Show one claim: how it stands and why, its evidence, its conflicts, its relations."""
    served = serve(context)
    found = find_claim(served.stored, claim)
    findings = served.findings_of(found)
    shelf = served.shelf()
    quoted = quotes(findings.register, [found])
    audits = audit(findings.register, quoted, lambda source: shelf.ground(source.id)).audits
    hindsight = of_claim(served, findings, found, gone_reviews_of(found, findings))
    if form is PageFormat.JSON:
        whole = claim_whole(found, findings, audits)
        rows = [quote_row(q, a, shelf.text_of(q.evidence.source)) for q, a in audits]
        write(document(claim=whole, quotes=rows, **stale_part(findings, hindsight)))
    else:
        print_claim(found, findings, Quoting(audits, shelf.text_of), hindsight, screen())
    served.note_what_is_left_out()
