"""Trees over numbered places that keep the greatest of values that are laid down one by one."""

from __future__ import annotations

import math

from claimtrack.values.interval import End


class Greatest:
    """Values are laid on places; asked is the greatest in a span of places. O(log n) each."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._greatest: list[End] = [-math.inf] * (2 * places)

    def raise_to(self, place: int, value: End) -> None:
        """Lay a value on a place."""
        greatest, node = self._greatest, place + self._places
        while node and greatest[node] < value:
            greatest[node] = value
            node >>= 1

    def within(self, low: int, high: int) -> End:
        """The greatest on the places from ``low`` on and before ``high``."""
        greatest = self._greatest
        found: End = -math.inf
        low += self._places
        high += self._places
        while low < high:
            if low & 1:
                found = max(found, greatest[low])
                low += 1
            if high & 1:
                high -= 1
                found = max(found, greatest[high])
            low >>= 1
            high >>= 1
        return found


class GreatestOver:
    """Values are laid over spans of places; asked is the greatest on a place. O(log n) each."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._greatest: list[End] = [-math.inf] * (2 * places)

    def raise_to(self, low: int, high: int, value: End) -> None:
        """Lay a value over the places from ``low`` on and before ``high``."""
        greatest = self._greatest
        low += self._places
        high += self._places
        while low < high:
            if low & 1:
                if greatest[low] < value:
                    greatest[low] = value
                low += 1
            if high & 1:
                high -= 1
                if greatest[high] < value:
                    greatest[high] = value
            low >>= 1
            high >>= 1

    def at(self, place: int) -> End:
        """The greatest value that was laid over the place."""
        greatest = self._greatest
        found: End = -math.inf
        node = place + self._places
        while node:
            found = max(found, greatest[node])
            node >>= 1
        return found
