"""Real shells at a terminal, and what they offer where the Tab key is pressed."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

SHELLS = [
    pytest.param(
        name, marks=pytest.mark.skipif(not shutil.which(name), reason=f"{name} is not installed")
    )
    for name in ("bash", "zsh", "fish")
]


@dataclass(frozen=True, slots=True)
class Shell:
    """A shell, as somebody has it who presses the Tab key after a line."""

    words: Callable[[str], set[str]]
    """What it offers for the last word."""
    completed: Callable[[str], str]
    """The line with that put in as far as the shell puts it in."""


def put_program(folder: Path) -> None:
    """A ``claimtrack`` that the shell finds, and that notes in ``started`` whenever it starts."""
    folder.mkdir()
    program = folder / "claimtrack"
    program.write_text(
        f"#!/bin/sh\necho \"$*\" >> '{folder}/started'\n"
        f"exec '{sys.executable}' -m claimtrack \"$@\"\n"
    )
    program.chmod(0o755)


def asking(shell: str, script: str, home: Path) -> Shell:
    """The shell, which starts in the current folder with the script read.

    ``home`` holds what the shell needs, and in ``bin`` the program.
    """
    (home / "script").write_text(script, "utf-8")
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](home)


def _surroundings(home: Path, **further: str) -> dict[str, str]:
    path = f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}"
    plain = {"TERM": "dumb", "LC_ALL": "C.UTF-8", "HOME": str(home), "INPUTRC": os.devnull}
    return {**os.environ, "PATH": path, **plain, **further}


_BEGIN, _END = "\x02", "\x03"
"""What the shells print around an answer."""


def _answer(words: list[str], environment: dict[str, str], keys: str) -> str:
    """What a shell at a terminal answers, once it is ready and the keys were pressed."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        words, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    )
    os.close(theirs)
    _next_answer(ours)  # there is one, an empty one, as soon as it is ready
    os.write(ours, keys.encode())
    answer = _next_answer(ours)
    os.close(ours)
    process.wait()
    return answer


def _next_answer(terminal: int) -> str:
    printed = b""
    while not printed.endswith(_END.encode()):
        printed += os.read(terminal, 1)
    return printed.decode().rpartition(_BEGIN)[2].removesuffix(_END).replace("\r\n", "\n")


_BASH = r"""
PS1=$'\x02\x03'
source "$HOME/script"
bind 'set enable-bracketed-paste off'
bind 'set bell-style none'
_answer() { printf '\x02%s\x03' "$READLINE_LINE"; }
bind -x '"\C-t": _answer'
bind '"\C-a": insert-completions'
"""


def _bash(home: Path) -> Shell:
    (home / "rc").write_text(_BASH)
    start = ["bash", "--noprofile", "--rcfile", str(home / "rc"), "-i"]

    def words(line: str) -> set[str]:
        every = _answer(start, _surroundings(home), f"{line}\x01\x14")
        before = line.rpartition(" ")[0] + " "
        assert every.startswith(before)
        return set() if every == line else set(every.removeprefix(before).split())

    def completed(line: str) -> str:
        return _answer(start, _surroundings(home), f"{line}\t\x14")

    return Shell(words, completed)


_ZSH = r"""
PROMPT=''
zle-line-init() { print -n $'\x02\x03' }
zle -N zle-line-init
unset zle_bracketed_paste
autoload -Uz compinit && compinit -u -D
eval "$(<$HOME/script)"
compadd() {
  local -a noted
  # What asks for matches to be put in an array offers nothing.
  if [[ ${@[(I)-[OAD]]} -eq 0 ]]; then
    builtin compadd -O noted "$@"
    offered+=("${noted[@]}")
  fi
  builtin compadd "$@"
}
answer() {
  local -a offered
  zle complete-word
  print -n -- $'\x02'${(F)offered}$'\n'$BUFFER$'\x03'
}
zle -N answer
bindkey '^T' answer
"""


def _zsh(home: Path) -> Shell:
    (home / ".zshrc").write_text(_ZSH)

    def answer(line: str) -> list[str]:
        surroundings = _surroundings(home, ZDOTDIR=str(home))
        return _answer(["zsh", "-i"], surroundings, f"{line}\x14").split("\n")

    return Shell(lambda line: set(answer(line)[:-1]) - {""}, lambda line: answer(line)[-1])


def _fish(home: Path) -> Shell:
    def words(line: str) -> set[str]:
        asked = 'source $HOME/script; complete -C "$argv[1]"'
        run = subprocess.run(
            ["fish", "--no-config", "-c", asked, line],
            env=_surroundings(home, XDG_CONFIG_HOME=str(home)),
            check=True,
            capture_output=True,
            text=True,
        )
        assert run.stderr == ""
        return {row.partition("\t")[0] for row in run.stdout.splitlines()}

    def completed(line: str) -> str:
        offered = words(line)
        return f"{line.rpartition(' ')[0]} {offered.pop()} " if len(offered) == 1 else line

    return Shell(words, completed)
