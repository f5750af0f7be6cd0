"""Numbers as exact decimals from their own text, and shares such as ``10%``."""

from __future__ import annotations

import re
from fractions import Fraction

from claimtrack.values.interval import exact
from claimtrack.values.refusal import Refused

MAX_EXPONENT = 1000
MAX_DIGITS = 4000

_DECIMAL = re.compile(r"([-+]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([-+]?[0-9]+))?", re.ASCII)
_PERCENT = re.compile(r"[0-9]+(?:\.[0-9]+)?%", re.ASCII)


def read_number(text: str) -> int | Fraction:
    """The exact value of a number of YAML's core schema. Raises Refused (CT404, CT405)."""
    if text[:2] in ("0x", "0o"):
        _refuse_length(len(text))
        return int(text, 0)
    if text.lstrip("+-").lower() in (".inf", ".nan"):
        raise Refused(
            "CT405",
            f"'{text}' is not finite; write a number, or leave out min or max where an end is open",
        )
    match = _DECIMAL.fullmatch(text)
    if not match or not (match[2] or match[3]):
        raise Refused("CT404", f"'{text}' is no number")
    sign, whole, decimals, exponent = match.groups()
    return exact(_decimal(sign, whole, decimals or "", exponent or "0"))


def _decimal(sign: str, whole: str, decimals: str, exponent: str) -> Fraction:
    _refuse_length(len(whole) + len(decimals))
    # Exponents themselves are bounded in length before they are read.
    if len(exponent.lstrip("+-0")) > 4 or abs(int(exponent)) > MAX_EXPONENT:
        raise Refused("CT405", f"exponent {exponent[:12]} is outside ±{MAX_EXPONENT:,}")
    digits = Fraction(int(whole + decimals or "0"), 10 ** len(decimals))
    value = digits * Fraction(10) ** int(exponent)
    return -value if sign == "-" else value


def _refuse_length(digits: int) -> None:
    if digits > MAX_DIGITS:
        raise Refused("CT405", f"a number has at most {MAX_DIGITS:,} digits")


def read_percent(text: str) -> Fraction | None:
    """``10%`` as 1/10, or None where the text is no percentage."""
    if not _PERCENT.fullmatch(text) or len(text) > MAX_DIGITS:
        return None
    return Fraction(text.removesuffix("%")) / 100
