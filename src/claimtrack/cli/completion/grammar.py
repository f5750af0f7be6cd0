"""What can be typed, as plain values: the commands, their options, and what each of them takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import typer
from typer.core import TyperGroup

from claimtrack.frozen import frozen


@frozen
class Value:
    """What an argument or an option takes.

    ``choices`` are the words themselves, or the kinds of ids, where it takes one of those.
    """

    kind: Literal["words", "ids", "files", "folders", "nothing"]
    choices: tuple[str, ...] = ()


@frozen
class Option:
    """One option under all its names; ``value`` is None for one that takes none."""

    names: tuple[str, ...]
    help: str
    value: Value | None
    value_name: str
    repeated: bool


@frozen
class Argument:
    """One argument; a repeated one takes all that follows."""

    name: str
    value: Value
    repeated: bool


@frozen
class Command:
    """A command under its full name (the program's own is empty), with its own commands if any."""

    name: str
    help: str
    options: tuple[Option, ...]
    arguments: tuple[Argument, ...]
    commands: tuple[Command, ...]

    @property
    def word(self) -> str:
        """The last word of the name."""
        return self.name.rpartition(" ")[2]

    def all(self) -> Iterator[Command]:
        """The command itself and every one below it."""
        yield self
        for command in self.commands:
            yield from command.all()


def read_grammar(context: typer.Context, name: str = "") -> Command:
    """All that can be typed after the context's command, under its name."""
    command = context.command
    shown = [each for each in command.get_params(context) if not getattr(each, "hidden", False)]
    return Command(
        name,
        command.get_short_help_str(_LONG).removesuffix("."),
        tuple(_option(each, name) for each in shown if each.param_type_name == "option"),
        tuple(_argument(each, name) for each in shown if each.param_type_name == "argument"),
        tuple(_commands(command, context, name)) if isinstance(command, TyperGroup) else (),
    )


_LONG = 200


def _commands(group: TyperGroup, context: typer.Context, name: str) -> Iterator[Command]:
    for word in group.list_commands(context):
        command = group.get_command(context, word)
        if command is not None and not command.hidden:
            inner = typer.Context(command, info_name=word, parent=context)
            yield read_grammar(inner, f"{name} {word}".strip())


def _option(option: Any, command: str) -> Option:
    return Option(
        # Short ones first. Those that ask for help come in no order, another one in each run.
        names=tuple(sorted([*option.opts, *option.secondary_opts], key=_length)),
        help=_first_sentence(option.help or ""),
        value=None if option.is_flag or option.count else _value(option, command),
        value_name=_value_name(option),
        repeated=option.multiple or option.count,
    )


def _length(name: str) -> tuple[int, str]:
    return len(name), name


def _argument(argument: Any, command: str) -> Argument:
    return Argument(_value_name(argument), _value(argument, command), argument.nargs != 1)


def _value(parameter: Any, command: str) -> Value:
    return value_of(parameter, command) or Value("nothing")


def value_of(parameter: Any, command: str) -> Value | None:
    """What a parameter of a command takes; None for a free text of which nobody has said it."""
    # No completion of an id needs the table, and with it what it names of the model.
    from claimtrack.cli.completion.values import listed

    kind = parameter.type.name
    if kind == "choice":
        return Value("words", tuple(map(str, parameter.type.choices)))
    if kind in _NUMBERS:
        return Value("nothing")
    return _PATHS.get(kind) or listed(command, parameter.name)


_NUMBERS = {"int", "int range", "integer", "integer range", "float", "float range"}
"""Types of which there is nothing to offer; releases of Typer name them differently."""
_PATHS = {
    "path": Value("files"),
    "file": Value("files"),
    "filename": Value("files"),
    "directory": Value("folders"),
}


def _value_name(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name).strip("[].").upper()


def _first_sentence(text: str) -> str:
    return " ".join(text.split()).partition(". ")[0].removesuffix(".")
