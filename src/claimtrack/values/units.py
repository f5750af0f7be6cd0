"""Conversion between units by pint's default registry, exact or not at all.

Pint is imported only here, and only when a value is written in another unit than its property's.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from tokenize import TokenError
from typing import TYPE_CHECKING

from claimtrack.values.refusal import Refused

if TYPE_CHECKING:
    import pint

# Unit words, products, quotients, parentheses and small powers, but no power of a power: what pint
# is asked to compute never gets large.
_POWER = r"(?:\*\*|\^)\s*-?\d(?!\d)|[²³]"
_UNIT = re.compile(rf"(?:[^\W\d_][^\W\d]*|(?<!\d)1(?!\d)|{_POWER}|[*/·()\s]|[%‰])+")
_TOO_FAR = re.compile(rf"(?:\)|{_POWER})\s*(?:{_POWER})")
_LONGEST = 80


@cache
def factor(unit: str, target: str) -> Fraction:
    """By how much a number in ``unit`` is multiplied to be one in ``target``.

    Raises Refused: CT408 where there is no conversion, CT409 where it is not multiplication by a
    rational number (temperatures with offsets, logarithmic units, angles by way of pi).
    """
    if unit == target:
        return Fraction(1)
    for word in (unit, target):
        if len(word) > _LONGEST or not _UNIT.fullmatch(word) or _TOO_FAR.search(word):
            raise _unconvertible(unit, target)
    value = _convert(_registry(), unit, target, 1)
    if value != _convert(_registry_with_other_constants(), unit, target, 1):
        raise _inexact(unit, target)
    return value


def _convert(
    registry: pint.UnitRegistry[Fraction], unit: str, target: str, number: int
) -> Fraction:
    import pint

    try:
        zero, one = (
            registry.Quantity(Fraction(amount), unit).to(target).magnitude for amount in (0, number)
        )
    except (
        pint.DimensionalityError,
        pint.UndefinedUnitError,
        pint.DefinitionSyntaxError,
        TokenError,  # what pint's parser lets through for a parenthesis alone,
        AssertionError,  # and for an operator alone
    ) as error:
        raise _unconvertible(unit, target) from error
    except (ValueError, TypeError, AttributeError, ArithmeticError) as error:
        raise _inexact(unit, target) from error
    if zero != 0 or not isinstance(one, int | Fraction) or one <= 0:
        raise _inexact(unit, target)
    return Fraction(one)


def _unconvertible(unit: str, target: str) -> Refused:
    message = f"unit '{unit}' cannot be converted to the property's '{target}'"
    return Refused("CT408", f"{message}; write the value in {target}")


def _inexact(unit: str, target: str) -> Refused:
    message = f"'{unit}' to '{target}' is not multiplication by a rational number"
    return Refused("CT409", f"{message}; write the value in {target}")


@cache
def _registry() -> pint.UnitRegistry[Fraction]:
    import pint

    return pint.UnitRegistry(non_int_type=Fraction)


_IRRATIONAL = ("pi", "tansec", "ln10", "eulers_number", "wien_x", "wien_u")


@cache
def _registry_with_other_constants() -> pint.UnitRegistry[Fraction]:
    """The same units, but with other numbers for what pint can only approximate.

    A conversion that comes out differently here goes by way of an irrational number.
    """
    import pint

    registry: pint.UnitRegistry[Fraction] = pint.UnitRegistry(
        non_int_type=Fraction, on_redefinition="ignore"
    )
    for constant in _IRRATIONAL:
        registry.define(f"{constant} = 3")
    return registry
