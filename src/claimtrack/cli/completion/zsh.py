"""The script for zsh: a function for each command, which tells ``_arguments`` what it takes."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from claimtrack.cli.completion.grammar import Argument, Command, Option, Value

FIRST_LINES = ("#compdef claimtrack",)
INSTALLING = (
    "mkdir -p ~/.zfunc",
    "claimtrack completion zsh > ~/.zfunc/_claimtrack",
    "and in ~/.zshrc, before compinit is called: fpath=(~/.zfunc $fpath)",
)


def script(root: Command) -> str:
    """The script; it is a function's file as well as something to evaluate."""
    functions = [line for command in root.all() for line in (*_function(command, root), "")]
    tail = files(__package__).joinpath("claimtrack.zsh").read_text("utf-8").lstrip("\n")
    return "\n".join([*functions, tail])


def _function(command: Command, root: Command) -> Iterator[str]:
    yield f"{_name(command)}() {{"
    if command is root:
        yield "  local program=$words[1] register=''"
    if command.commands:
        yield "  local curcontext=$curcontext state line ret=1"
        yield "  local -A opt_args"
        yield "  local -a commands=("
        yield from (f"    {_described(each)}" for each in command.commands)
        yield "  )"
    # After the name of a command below, options are that command's own.
    yield "  _arguments -S" + (" -C -A '-*'" if command.commands else "") + " \\"
    yield from (f"    {each} \\" for each in map(_option, command.options))
    if command.commands:
        yield "    '1: :->command' '*:: :->inner' && ret=0"
        yield from _inner(command, root)
    else:
        yield "    " + " ".join(map(_argument, command.arguments))
    yield "}"


def _inner(command: Command, root: Command) -> Iterator[str]:
    if command is root:
        # zsh puts a backslash before each colon and backslash of what was typed.
        yield r"  register=${opt_args[--register]//\\(#b)(?)/$match[1]}"
    yield "  case $state in"
    yield "    command) _describe -t commands command commands && ret=0 ;;"
    yield "    inner)"
    yield "      case $words[1] in"
    yield from (f"        {each.word}) {_name(each)} && ret=0 ;;" for each in command.commands)
    yield "      esac"
    yield "      ;;"
    yield "  esac"
    yield "  return ret"


def _name(command: Command) -> str:
    return "_".join(["_claimtrack", *command.name.replace("-", "_").split()])


def _described(command: Command) -> str:
    return _quoted(f"{command.word}:{_plain(command.help)}")


def _option(option: Option) -> str:
    """A specification; other names of one option exclude each other, unless it may be repeated."""
    told = f"[{_escaped(option.help)}]"
    takes = f":{_escaped(option.value_name)}:{_action(option.value)}" if option.value else ""
    return " ".join(
        _quoted(f"{_before(option)}{name}{_sign(name) if option.value else ''}{told}{takes}")
        for name in option.names
    )


def _before(option: Option) -> str:
    if option.repeated:
        return "*"
    return f"({' '.join(option.names)})" if len(option.names) > 1 else ""


def _sign(name: str) -> str:
    return "=" if name.startswith("--") else "+"


def _argument(argument: Argument) -> str:
    mark = "*" if argument.repeated else ""
    return _quoted(f"{mark}:{_escaped(argument.name)}:{_action(argument.value)}")


def _action(value: Value) -> str:
    match value.kind:
        case "words":
            return f"({' '.join(value.choices)})"
        case "ids":
            return f"_claimtrack_ids {','.join(value.choices)}"
        case "files":
            return "_files"
        case "folders":
            return "_files -/"
        case "nothing":
            return " "


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace(":", "\\:")


def _escaped(text: str) -> str:
    return _plain(text).replace("[", "\\[").replace("]", "\\]")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
