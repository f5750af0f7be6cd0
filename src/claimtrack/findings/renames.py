"""What entries are called in a later state of a register, by what they were called. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from claimtrack.frozen import field, frozen


@frozen
class Renames:
    """For the entries of each kind that are called otherwise later, how."""

    sources: Mapping[str, str] = field(default_factory=dict)
    entities: Mapping[str, str] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    claims: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_none(self) -> bool:
        """Whether everything is called as it was."""
        return not (self.sources or self.entities or self.properties or self.claims)

    def source(self, key: str) -> str:
        """What a source is called later."""
        return self.sources.get(key, key)

    def entity(self, key: str) -> str:
        """What an entity is called later; a name that none declares is what it was."""
        return self.entities.get(key, key)

    def property(self, key: str) -> str:
        """What a property is called later."""
        return self.properties.get(key, key)

    def claim(self, key: str) -> str:
        """What a claim is called later."""
        return self.claims.get(key, key)

    def conflict(self, key: str) -> str:
        """What a conflict is called later: its id is a subject and a property, or its claims."""
        subject, dot, of = key.partition(".")
        if dot:
            return f"{self.entity(subject)}.{self.property(of)}"
        return "~".join(sorted(map(self.claim, key.split("~"))))
