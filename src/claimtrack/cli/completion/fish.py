"""The script for fish: one line of ``complete`` for each thing that can be typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files

from claimtrack.cli.completion.grammar import Command, Value

FIRST_LINES: tuple[str, ...] = ()
INSTALLING = (
    "mkdir -p ~/.config/fish/completions",
    "claimtrack completion fish > ~/.config/fish/completions/claimtrack.fish",
)


def script(root: Command) -> str:
    """The script: what is where as functions, and then the lines."""
    lines = [line for command in root.all() for line in _lines(command)]
    return "\n".join(
        [
            *_switch("commands", root, lambda command: [each.word for each in command.commands]),
            *_switch("valued", root, _valued),
            files(__package__).joinpath("claimtrack.fish").read_text("utf-8"),
            "complete -c claimtrack -f",
            *lines,
            "",
        ]
    )


def _valued(command: Command) -> list[str]:
    return [name for option in command.options if option.value for name in option.names]


def _switch(what: str, root: Command, words: Callable[[Command], list[str]]) -> Iterator[str]:
    """A function that prints some words of a command."""
    yield f"function __claimtrack_{what}"
    yield "    switch $argv[1]"
    for command in root.all():
        if held := words(command):
            yield f"        case {_quoted(command.name)}"
            yield f"            string split -- ' ' {_quoted(' '.join(held))}"
    yield "    end"
    yield "end"
    yield ""


def _lines(command: Command) -> Iterator[str]:
    # Options of a group stand before its commands, which are its first argument.
    anywhere = _at(command, " 1" if command.commands else "")
    for option in command.options:
        names = " ".join(_switch_of(name) for name in option.names)
        takes = f" {_takes(option.value)}" if option.value else ""
        yield f"{anywhere} {names}{takes} -d {_quoted(option.help)}"
    for each in command.commands:
        yield f"{anywhere} -a {_quoted(each.word)} -d {_quoted(each.help)}"
    for number, argument in enumerate(command.arguments, 1):
        if argument.value.kind != "nothing":
            place = f" {number}" + " or-later" * argument.repeated
            yield f"{_at(command, place)} {_offers(argument.value)}"


def _at(command: Command, place: str) -> str:
    condition = f'__claimtrack_at "{command.name}"{place}'
    return f"complete -c claimtrack -n {_quoted(condition)}"


def _switch_of(name: str) -> str:
    return f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}"


def _takes(value: Value) -> str:
    """That an option takes a value, and which. ``-x`` would keep fish from offering files."""
    return f"{'-r' if value.kind == 'files' else '-x'} {_offers(value)}".rstrip()


def _offers(value: Value) -> str:
    match value.kind:
        case "words":
            return f"-a {_quoted(' '.join(value.choices))}"
        case "ids":
            kinds = ",".join(value.choices)
            return f"-a '(__claimtrack_ids {kinds})'"
        case "files":
            return "-F"
        case "folders":
            return "-a '(__fish_complete_directories (commandline -ct))'"
        case "nothing":
            return ""


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
