"""The parts of long work, shared out between this process and a helper, in whose order they end."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Any

from claimtrack.index.helping import Helper, Lost, has_room

_AHEAD = 8
"""Parts at most that wait for one that was given away before them."""

Work = Callable[[Any], Any]
"""From a part to what comes of it, both plain values; it may be done in either process."""


def alone(work: Work, parts: Iterable[Any]) -> Generator[Any, None, None]:
    """What comes of each part, in order."""
    yield from map(work, parts)


def shared(work: Work, parts: Iterable[Any], folder: str | None) -> Generator[Any, None, None]:
    """The same with a helper, where there is room for one; ``folder`` is where its files go."""
    helper = _helper(work, folder) if has_room() else None
    if helper is None:
        yield from alone(work, parts)
        return
    sharing = _Sharing(work, iter(parts), helper)
    try:
        yield from sharing.results()
    finally:
        helper.close()


def _helper(work: Work, folder: str | None) -> Helper | None:
    try:
        return Helper(work, folder)
    except OSError:  # no more processes, or no room for its files
        return None


class _Part:
    """A part that was given away, or what came of it."""

    def __init__(self, part: Any, *, is_away: bool) -> None:
        self.part, self.is_away = part, is_away


class _Sharing:
    def __init__(self, work: Work, parts: Iterator[Any], helper: Helper) -> None:
        self._work, self._parts, self._helper = work, parts, helper
        self._is_lost = False
        self._pending: deque[_Part] = deque()

    def results(self) -> Iterator[Any]:
        """What comes of each part, in order."""
        while any([self._give_away(), self._do_one()]):
            while self._pending and self._is_ready():
                yield self._first()
        while self._pending:
            yield self._first()

    def _give_away(self) -> bool:
        """Give the helper as much as it takes; whether there was anything to give."""
        given = False
        while not self._is_lost and self._helper.is_free:
            part = next(self._parts, None)
            if part is None:
                break
            given = True
            self._pending.append(_Part(part, is_away=True))
            try:
                self._helper.give(part)
            except Lost:
                self._is_lost = True
        return given

    def _do_one(self) -> bool:
        """Do the next part here; whether there was one."""
        part = next(self._parts, None)
        if part is not None:
            self._pending.append(_Part(self._work(part), is_away=False))
        return part is not None

    def _is_ready(self) -> bool:
        """Whether what came of the first part can be had, or has to be waited for."""
        return (
            not self._pending[0].is_away
            or self._is_lost
            or len(self._pending) > _AHEAD
            or self._helper.has_answered()
        )

    def _first(self) -> Any:
        """What came of the first part that was not taken yet."""
        first = self._pending.popleft()
        if not first.is_away:
            return first.part
        if not self._is_lost:
            try:
                return self._helper.take()
            except Lost:
                self._is_lost = True
        return self._work(first.part)
