"""Setting the merge driver up for one register, and taking it away again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from claimtrack.edit.locking import writing_lock
from claimtrack.edit.merging.attributes import ATTRIBUTES, lines, with_lines, without_lines
from claimtrack.edit.merging.driver import configure, configured, forget, settings
from claimtrack.edit.replacing import Replacement, replace_files
from claimtrack.frozen import frozen


@frozen
class Plan:
    """What is to be written for a register: its folder's attributes, and git's configuration."""

    attributes: Path
    before: bytes | None
    """The file of attributes as it is; None where there is none."""
    after: bytes
    """As it is to be; where nothing is left in it, it is removed."""
    configured: Mapping[str, str | None]
    wanted: Mapping[str, str]
    """The settings of this clone; none where they are to go."""

    @property
    def is_configured(self) -> bool:
        """Whether the settings are as wanted."""
        return {key: value for key, value in self.configured.items() if value} == self.wanted


def plan_installing(main: Path, python: str) -> Plan:
    """What has git merge a register by a claimtrack that this interpreter starts.

    Raises CannotTell where the register is not under git.
    """
    return _planned(main, settings(python), lambda text: with_lines(text, lines(main)))


def plan_removing(main: Path) -> Plan:
    """What has git merge the register line by line again."""
    return _planned(main, {}, without_lines)


def _planned(main: Path, wanted: Mapping[str, str], edited: Callable[[str], str]) -> Plan:
    attributes = main.parent / ATTRIBUTES
    try:
        before: bytes | None = attributes.read_bytes()
    except FileNotFoundError:
        before = None
    text = (before or b"").decode("utf-8", "surrogateescape")
    after = edited(text).encode("utf-8", "surrogateescape")
    return Plan(attributes, before, after, configured(main.parent), wanted)


def carry_out(make: Callable[[], Plan], folder: Path, on_wait: Callable[[], None]) -> Plan:
    """Write what is planned, alone in the register's folder.

    Raises NotConfigured, and what locking and replacing raise.
    """
    with writing_lock(folder, on_wait):
        plan = make()
        if plan.wanted and not plan.is_configured:
            configure(folder, plan.wanted)
        elif not plan.is_configured:
            forget(folder)
        if not plan.after and plan.before is not None:
            plan.attributes.unlink()
        elif plan.after != (plan.before or b""):
            replace_files([Replacement(plan.attributes, plan.before, plan.after)], folder)
    return plan
