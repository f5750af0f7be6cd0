"""Exact numbers in figures: rounded for people, in full for programs."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

from claimtrack.values.interval import End

_PLAIN = (Decimal("1e-6"), Decimal("1e15"))
_FULL = 15


def rounded(number: int | Fraction, places: int = 2, *, down: bool = False) -> str:
    """A number to so many significant places, its whole part complete: ``1.9``, ``264``, ``7,500``.

    ``down`` rounds toward zero, for what is said to be at least so much. What is very large or very
    small is given with an exponent.
    """
    with localcontext() as context:
        context.prec = max(_FULL, places)
        context.rounding = ROUND_DOWN if down else ROUND_HALF_EVEN
        value = Decimal(number.numerator) / Decimal(number.denominator)
        if value and not _PLAIN[0] < abs(value) < _PLAIN[1]:
            context.prec = places + 1
            return _with_exponent(+value)
        if number.denominator != 1:
            context.prec = max(places, value.adjusted() + 1)
        return _grouped(+value)


def rounded_beside(
    number: int | Fraction, limit: int | Fraction, *, down: bool = False
) -> str | None:
    """A number rounded, but never so far that it seems to reach or to pass a limit.

    None where more than fifteen places would be needed to tell the two apart.
    """
    for places in range(2, _FULL + 1):
        text = rounded(number, places, down=down)
        shown = Fraction(Decimal(text.replace(",", "")))
        if (shown > limit, shown < limit) == (number > limit, number < limit):
            return text
    return None


def _with_exponent(value: Decimal) -> str:
    digits, _, exponent = f"{value:e}".partition("e")
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return f"{digits}e{int(exponent)}"


def _grouped(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


# ----------------------------------------------------------------------------------- for programs


_LONGEST = 40
"""Characters of a number that is written without an exponent in any case."""


def exact_text(number: End) -> str | None:
    """The very number: a decimal such as ``0.0192`` or ``1e900``, else a fraction such as ``1/3``.

    None for an open end.
    """
    if isinstance(number, float):
        return None
    decimals = _decimals(number.denominator)
    if decimals is None:
        return f"{_digits(number.numerator)}/{_digits(number.denominator)}"
    shifted = number.numerator * (10**decimals // number.denominator)
    return _decimal(shifted, -decimals)


def _decimals(denominator: int) -> int | None:
    """How many decimals a fraction with that denominator has, or None where they never end."""
    fives = 0
    while denominator % 5 == 0:
        denominator //= 5
        fives += 1
    twos = denominator.bit_length() - 1
    return max(twos, fives) if denominator == 1 << twos else None


def _decimal(digits: int, exponent: int) -> str:
    """``digits`` times ten to the power of ``exponent``, in figures."""
    text = Decimal((int(digits < 0), tuple(map(int, _digits(abs(digits)))), exponent))
    plain = f"{text:f}"
    kept = _digits(abs(digits)).rstrip("0") or "0"
    power = exponent + len(_digits(abs(digits))) - 1
    point = "." if len(kept) > 1 else ""
    short = f"{'-' if digits < 0 else ''}{kept[0]}{point}{kept[1:]}e{power}"
    return short if len(plain) > _LONGEST and len(short) < len(plain) else plain


def _digits(number: int) -> str:
    # Python refuses to write integers of more than 4,300 digits; Decimal does not.
    return f"{Decimal(number):f}"
