"""Names that no entity declares, where one of two claims has them and the other has not."""

from __future__ import annotations

from claimtrack.model import Claim, Register
from claimtrack.render.screen import Screen
from claimtrack.render.words import listed

_NAMED = 3


def print_undeclared(one: Claim, other: Claim, register: Register, screen: Screen) -> None:
    """Say which names, of only one of two claims, are undeclared: each is a thing of its own."""
    ours, theirs = (_undeclared(each, register) for each in (one, other))
    names = [
        f"‘{text}’" for key, text in {**ours, **theirs}.items() if (key in ours) != (key in theirs)
    ]
    if not names:
        return
    more = [f"{len(names) - _NAMED:,} more"] if len(names) > _NAMED else []
    verb = "is" if len(names) == 1 else "are"
    screen.line()
    screen.line(
        f"{listed([*names[:_NAMED], *more])} {verb} declared by no entity: "
        "what has another name is taken for something else."
    )


def _undeclared(claim: Claim, register: Register) -> dict[str, str]:
    """The undeclared subjects and values of a claim, by their folded text, as written."""
    found: dict[str, str] = {}
    for each in claim.asserts:
        if each.subject not in register.entities:
            found.setdefault(each.subject, each.subject_text or each.subject)
        if each.entity is not None and each.entity not in register.entities:
            found.setdefault(each.entity, each.text)
    return found
