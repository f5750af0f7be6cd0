"""Plain readings of single scalars: a text, a date."""

from __future__ import annotations

from claimtrack.diagnostic import Place
from claimtrack.model import Date
from claimtrack.reading.nodes import Scalar
from claimtrack.reading.report import Report
from claimtrack.values.edtf import read_date
from claimtrack.values.refusal import Refused


def text_of(scalar: Scalar | None) -> str | None:
    """A scalar's own text, or None where the key was left out."""
    return None if scalar is None else scalar.text


def read_date_at(
    scalar: Scalar | None, file: str, report: Report, claim: str | None = None
) -> Date | None:
    """A date with its days, or None where there is none; one outside the profile is reported."""
    if scalar is None:
        return None
    try:
        return Date(scalar.text, read_date(scalar.text))
    except Refused as refused:
        place = Place(file, scalar.line, scalar.column)
        report.add(refused.code, refused.message, place, claim)
        return None
