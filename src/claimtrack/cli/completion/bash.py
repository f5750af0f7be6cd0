"""The script for bash 4 and later; it needs nothing else, and no file of bash-completion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files

from claimtrack.cli.completion.grammar import Command, Value

FIRST_LINES = ("# shellcheck shell=bash",)
INSTALLING = (
    "mkdir -p ~/.local/share/bash-completion/completions",
    "claimtrack completion bash > ~/.local/share/bash-completion/completions/claimtrack",
    "Without the package bash-completion: write it to any file, and let ~/.bashrc source that.",
)


def script(root: Command) -> str:
    """The script: what can be typed as two functions of cases, and then what walks through them."""
    return "\n".join(
        [
            *_commands(root),
            "",
            *_values(root),
            files(__package__).joinpath("claimtrack.bash").read_text("utf-8"),
        ]
    )


def _commands(root: Command) -> Iterator[str]:
    yield "# Sets the commands and options of a command, which of the options take a value, and"
    yield "# which of its arguments may be repeated."
    yield "_claimtrack_command() {"
    yield "    case $1 in"
    for command in root.all():
        options = [name for each in command.options for name in each.names]
        valued = [name for each in command.options if each.value for name in each.names]
        yield f"        {_list([command.name])})"
        yield f"            commands={_list(each.word for each in command.commands)}"
        yield f"            options={_list(options)}"
        yield f"            valued={_list(valued)} repeated={_repeated(command)}"
        yield "            ;;"
    yield "    esac"
    yield "}"


def _repeated(command: Command) -> int:
    """The number of the argument that may be repeated, or 0."""
    return len(command.arguments) if command.arguments and command.arguments[-1].repeated else 0


def _list(words: Iterable[str]) -> str:
    """Words that need no quotes themselves, as one."""
    return f"'{' '.join(words)}'"


def _values(root: Command) -> Iterator[str]:
    yield "# Sets what stands at a place: after a command's option, or as its so manieth argument."
    yield "_claimtrack_value() {"
    yield "    case $1 in"
    for value, places in _places(root).items():
        yield f"        {' | '.join(places)})"
        yield f"            kind={value.kind} choices={_list(value.choices)}"
        yield "            ;;"
    yield "        *) kind=nothing choices='' ;;"
    yield "    esac"
    yield "}"


def _places(root: Command) -> dict[Value, list[str]]:
    """Patterns of the places at which each value stands."""
    places: dict[Value, list[str]] = {}
    for command in root.all():
        for option in command.options:
            if option.value and option.value.kind != "nothing":
                held = places.setdefault(option.value, [])
                held += (_list([command.name, name]) for name in option.names)
        for number, argument in enumerate(command.arguments, 1):
            if argument.value.kind != "nothing":
                pattern = _list([command.name, str(number)])
                places.setdefault(argument.value, []).append(pattern)
    return places
