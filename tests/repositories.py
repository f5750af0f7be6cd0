"""Git repositories for tests: made in a temporary folder, by nobody in particular, on set days."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

CLEAN = {
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_COUNT": "2",
    "GIT_CONFIG_KEY_0": "commit.gpgsign",
    "GIT_CONFIG_VALUE_0": "false",
    "GIT_CONFIG_KEY_1": "init.defaultBranch",
    "GIT_CONFIG_VALUE_1": "main",
}
"""What makes git the same for whoever runs the tests."""


class Repository:
    """A repository, or a clone or worktree of one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def git(self, *arguments: str, by: str = "ann", on: str = "2026-11-20") -> str:
        """What git says to a command, given by somebody at noon of a day."""
        who = {
            f"GIT_{role}_{key}": value
            for role in ("AUTHOR", "COMMITTER")
            for key, value in (
                ("NAME", by),
                ("EMAIL", "nobody@example.org"),
                ("DATE", f"{on}T12:00:00+0100"),
            )
        }
        done = subprocess.run(
            ["git", *arguments],
            check=True,
            capture_output=True,
            text=True,
            cwd=self.folder,
            env={**os.environ, **CLEAN, **who},
        )
        return done.stdout

    def write(self, files: Mapping[str, str | bytes]) -> None:
        """Write files, in UTF-8."""
        for name, content in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(
        self,
        files: Mapping[str, str | bytes] | str | None = None,
        by: str = "ann",
        on: str = "2026-11-20",
        message: str = "on",
    ) -> str:
        """Write files (or claims.yaml alone) and commit all that is there; the commit's id."""
        self.write({"claims.yaml": files} if isinstance(files, str) else files or {})
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message, by=by, on=on)
        return self.git("rev-parse", "HEAD").strip()
