"""Completion, as the shells do it: what they offer, and what they never run."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import pytest
import typer

from claimtrack.cli.app import NAMES, application, called, whole_application
from claimtrack.cli.completion import bash, fish, zsh
from claimtrack.cli.completion.grammar import Command, read_grammar, value_of
from claimtrack.cli.completion.suggesting import unquoted
from conftest import Run, Write
from shells import SHELLS, Shell, asking, put_program

HARBOUR = """
sources: {gazette: {}, wire: {}}
entities: {bay: {}, ship: {}, pier: {}}
properties: {berth: {type: entity, single: true}}
claims:
  - id: ship-at-pier
    statement: The Aurora lies at the Long Pier.
    asserts: {subject: ship, property: berth, value: pier}
    tags: [harbour, hull]
  - id: ship-at-bay
    statement: The Aurora lies in the North Bay.
    asserts: {subject: ship, property: berth, value: bay}
  - id: mayor-on-pier
    statement: The Mayor went to the Long Pier.
"""
SCRIPTS = {"bash": bash.script, "zsh": zsh.script, "fish": fish.script}


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    put_program(folder / "bin")
    return folder


@pytest.fixture
def ask(shell: str, home: Path, claimtrack: Run) -> Shell:
    return asking(shell, claimtrack("completion", shell).out, home)


# ----------------------------------------------------------------------------- what they offer


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("claimtrack sh", "show"),
        ("claimtrack co", "conflicts compare coverage completion"),
        ("claimtrack --ver", "--version"),
        ("claimtrack list --so", "--sort --source"),
        ("claimtrack list --source gazette --so", "--sort --source"),
        ("claimtrack list --sort gr", "grade"),
        ("claimtrack list --kind m", "measurement motive"),
        ("claimtrack list --flag dis", "disputed"),
        ("claimtrack explain CT50", "CT501 CT502"),
        ("claimtrack completion ", "bash zsh fish"),
        ("claimtrack show ship", "ship-at-pier ship-at-bay"),
        ("claimtrack show may", "mayor-on-pier"),
        ("claimtrack show pier", "ship-at-pier mayor-on-pier"),
        ("claimtrack show --format json may", "mayor-on-pier"),
        ("claimtrack show --format=json may", "mayor-on-pier"),
        ("claimtrack show -- may", "mayor-on-pier"),
        ("claimtrack compare ship-at-pier may", "mayor-on-pier"),
        ("claimtrack list --source ga", "gazette"),
        ("claimtrack list --by ", "bay ship pier"),
        ("claimtrack list --tag h", "harbour hull"),
        ("claimtrack conflicts ship.", "ship.berth"),
        ("claimtrack conflicts ship", "ship.berth ship-at-pier ship-at-bay"),
        ("claimtrack impact ", "gazette wire bay ship pier ship-at-pier ship-at-bay mayor-on-pier"),
        ("claimtrack show ship-at-pier may", ""),
        ("claimtrack show nothing-of-the-sort", ""),
        ("claimtrack list --limit 1", ""),
        ("claimtrack list --since 2", ""),
        ("claimtrack nothing-of-the-sort may", ""),
    ],
)
def test_what_is_offered(line: str, offered: str, register: Write, ask: Shell) -> None:
    register(HARBOUR)
    assert ask.words(line) == set(offered.split())


@pytest.mark.parametrize(
    ("line", "completed"),
    [
        ("claimtrack show may", "claimtrack show mayor-on-pier "),
        ("claimtrack show on-pi", "claimtrack show mayor-on-pier "),
        ("claimtrack list --source=ga", "claimtrack list --source=gazette "),
        ("claimtrack list --sort=gr", "claimtrack list --sort=grade "),
        # Of several that only hold the word none is put in its place.
        ("claimtrack show pier", "claimtrack show pier"),
    ],
)
def test_what_is_put_in(line: str, completed: str, register: Write, ask: Shell) -> None:
    register(HARBOUR)
    assert ask.completed(line) == completed


def test_a_register_is_a_file_or_a_folder(register: Write, ask: Shell) -> None:
    register(HARBOUR, {"sources-of-mine/x": ""})
    words = ask.words("claimtrack --register s") | ask.words("claimtrack --register c")
    assert {word.rstrip("/") for word in words} == {"sources-of-mine", "claims.yaml"}


def test_bash_that_does_not_cut_words_at_an_equals_sign(
    home: Path, register: Write, claimtrack: Run
) -> None:
    register(HARBOUR)
    script = claimtrack("completion", "bash").out + "COMP_WORDBREAKS=${COMP_WORDBREAKS//[=:]}\n"
    line = asking("bash", script, home).completed("claimtrack list --source=ga")
    assert line == "claimtrack list --source=gazette "


@pytest.mark.skipif(not shutil.which("zsh"), reason="zsh is not installed")
def test_zsh_takes_the_script_as_a_file_of_its_path_too(
    home: Path, register: Write, claimtrack: Run
) -> None:
    register(HARBOUR)
    (home / "functions").mkdir()
    (home / "functions" / "_claimtrack").write_text(claimtrack("completion", "zsh").out)
    ask = asking("zsh", f"fpath=({home}/functions $fpath); compinit -u -D", home)
    assert ask.completed("claimtrack show may") == "claimtrack show mayor-on-pier "


# ---------------------------------------------------------------------- where the ids are from


ODD = 'it\'s a $(touch gone) `touch gone` "ünd" \\ folder'
ELSEWHERE = "claims: [{id: from-elsewhere, statement: x}]"


def _backslashed(text: str) -> str:
    return "".join(char if char.isalnum() or char == "/" else f"\\{char}" for char in text)


@pytest.mark.parametrize("option", ["--register ", "--register="])
@pytest.mark.parametrize("quoted", [_backslashed, shlex.quote], ids=["backslashes", "quotes"])
def test_the_register_that_was_named_is_read_whatever_its_name(
    option: str,
    quoted: Callable[[str], str],
    register: Write,
    ask: Shell,
    shell: str,
    tmp_path: Path,
) -> None:
    if shell == "fish" and quoted is shlex.quote:
        text = ODD.replace("\\", "\\\\").replace("'", "\\'")
        named = f"'{text}'"
    else:
        named = quoted(ODD)
    register(HARBOUR, {f"{ODD}/claims.yaml": f"claimtrack: 1\n{ELSEWHERE}"})
    assert ask.completed(f"claimtrack {option}{named} show f").endswith("show from-elsewhere ")
    assert not (tmp_path / "gone").exists()


def test_the_register_of_the_environment_is_read(
    register: Write, ask: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(HARBOUR, {"other/claims.yaml": f"claimtrack: 1\n{ELSEWHERE}"})
    monkeypatch.setenv("CLAIMTRACK_REGISTER", str(tmp_path / "other"))
    assert ask.words("claimtrack show f") == {"from-elsewhere"}
    assert ask.words("claimtrack --register . show may") == {"mayor-on-pier"}


def test_a_home_folder_is_understood(register: Write, ask: Shell, home: Path) -> None:
    (home / "mine.yaml").write_text(f"claimtrack: 1\n{ELSEWHERE}")
    assert ask.words("claimtrack --register ~/mine.yaml show f") == {"from-elsewhere"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("data", "data"),
        ("a\\ b", "a b"),
        ("'a b'c", "a bc"),
        ("'a b", "a b"),
        ('"a b', "a b"),
        ('"a \\"b\\" \\c"', 'a "b" \\c'),
        ('"\\$HERE"', "$HERE"),
        ("'$HERE'", "$HERE"),
        ("\\$HERE", "$HERE"),
        ("$HERE/x", "/here/x"),
        ('"${HERE}"', "/here"),
        ("~/x", "/home/ann/x"),
        ("'~/x'", "~/x"),
        ("x~", "x~"),
        ("$(touch gone)", "$(touch gone)"),
        ("`touch gone`", "`touch gone`"),
        ("\\", ""),
        ("", ""),
    ],
)
def test_a_typed_word_is_what_the_shell_makes_of_it(
    typed: str, meant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HERE", "/here")
    monkeypatch.setenv("HOME", "/home/ann")
    assert unquoted(typed) == meant


# -------------------------------------------------------------------------- what is never run


HOSTILE = r"""
sources: {"$(touch gone)": {}, "a b": {}, good-source: {}}
claims:
  - {id: "$(touch gone)", statement: x}
  - {id: "`touch gone`", statement: x}
  - {id: "x;touch gone", statement: x}
  - {id: "x\ntouch gone", statement: x}
  - {id: "x' touch gone '", statement: x}
  - {id: "x\e[31m", statement: x}
  - {id: --help, statement: x}
  - id: |
      x
    statement: x
  - id: good
    statement: "$(touch gone)"
    tags: ["$(touch gone)", "`touch gone`", "\e]0;owned\a", "a b", "x;y", "-x", fine, "fünf"]
reviews:
  - {conflict: "$(touch gone)", decision: unresolved}
  - {conflict: "a.b", decision: unresolved}
"""


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("claimtrack show ", {"good"}),
        ("claimtrack list --source ", {"good-source"}),
        ("claimtrack list --tag ", {"fine", "fünf"}),
        ("claimtrack conflicts ", {"a.b", "good"}),
        ("claimtrack show $(touch gone)", set()),
        ("claimtrack show `touch gone`", set()),
        ("claimtrack show '$(touch gone)", set()),
        ("claimtrack --register $(touch gone) show g", set()),
        ("claimtrack --register '$(touch gone)' show g", set()),
    ],
)
def test_nothing_of_a_register_or_a_line_is_run(
    line: str, offered: set[str], register: Write, ask: Shell, tmp_path: Path
) -> None:
    register(HOSTILE)
    assert ask.words(line) - {""} == offered
    assert not (tmp_path / "gone").exists()


def test_commands_and_options_start_no_process(register: Write, ask: Shell, home: Path) -> None:
    register(HARBOUR)
    for line in ("claimtrack sh", "claimtrack list --so", "claimtrack list --sort gr"):
        assert ask.words(line)
    assert not (home / "bin" / "started").exists()
    assert ask.words("claimtrack show may")
    assert "--complete claims may" in (home / "bin" / "started").read_text()


NASTY = 'It\'s a `touch gone` $(touch gone) "x" [y] a:b \\ %s {z} (w) # ~ * ! | ; & < > \t é'


def test_help_in_a_script_is_only_shown(shell: str, tmp_path: Path, home: Path) -> None:
    ask = asking(shell, SCRIPTS[shell](_grammar(_nasty())), home)
    assert ask.words("claimtrack o") == {"one"}
    assert ask.words("claimtrack one --na") == {"--name", "--native"}
    assert not (tmp_path / "gone").exists()


def _nasty() -> typer.Typer:
    nasty = typer.Typer(add_completion=False)

    @nasty.command("one", short_help=NASTY, help=NASTY)
    def one(
        name: Annotated[str, typer.Option(help=NASTY, metavar=NASTY)] = "",
        native: Annotated[bool, typer.Option("--native", help=NASTY)] = False,
    ) -> None:
        raise NotImplementedError

    @nasty.command("two")
    def two() -> None:
        raise NotImplementedError

    return nasty


# ---------------------------------------------------------------------------------- groups


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("claimtrack en", "entity"),
        ("claimtrack entity ", "add drop"),
        ("claimtrack entity a", "add"),
        ("claimtrack entity add --k", "--kind"),
        ("claimtrack entity add --kind b", "big"),
        ("claimtrack entity add x --kind b", "big"),
        ("claimtrack entity --kind b", ""),
        ("claimtrack entity drop s", "ship-at-pier ship-at-bay"),
        ("claimtrack entity drop ship-at-pier s", "ship-at-pier ship-at-bay"),
        ("claimtrack entity drop ship-at-pier x may", "mayor-on-pier"),
    ],
)
def test_commands_in_groups_and_arguments_that_repeat(
    line: str, offered: str, shell: str, home: Path, register: Write
) -> None:
    register(HARBOUR)
    ask = asking(shell, SCRIPTS[shell](_grammar(_grouped())), home)
    assert ask.words(line) == set(offered.split())


def _grouped() -> typer.Typer:
    grouped, entity = typer.Typer(add_completion=False), typer.Typer()
    grouped.add_typer(entity, name="entity")

    @entity.command("add")
    def add(text: str, kind: Annotated[str, typer.Option(click_type=_SIZES)] = "") -> None:
        raise NotImplementedError

    @entity.command("drop")
    def drop(claim: list[str]) -> None:
        raise NotImplementedError

    return grouped


def _sizes() -> Any:
    """A type of fixed words, as the program's own options have them."""
    context = typer.Context(typer.main.get_command(whole_application()))
    command: Any = context.command
    listing = command.get_command(context, "completion")
    kind = next(each.type for each in listing.params if each.name == "shell")
    return type(kind)(["big", "small"])


_SIZES = _sizes()


# ------------------------------------------------------------------------------ the whole app


def _grammar(of: typer.Typer) -> Command:
    return read_grammar(typer.Context(typer.main.get_command(of), info_name="claimtrack"))


def _parameters(command: Any, name: str = "") -> Iterator[tuple[Any, str]]:
    yield from ((each, name) for each in command.params if not getattr(each, "is_flag", False))
    for word, inner in getattr(command, "commands", {}).items():
        yield from _parameters(inner, f"{name} {word}".strip())


def test_of_each_argument_and_option_it_is_known_what_it_takes() -> None:
    unknown = [
        f"{parameter.name} of claimtrack {command}"
        for parameter, command in _parameters(typer.main.get_command(whole_application()))
        if value_of(parameter, command) is None
    ]
    assert unknown == [], "say in cli/completion/values.py what each takes, or that it is nothing"


def test_fixed_words_need_no_quotes() -> None:
    for command in _grammar(whole_application()).all():
        values = [option.value for option in command.options]
        values += [argument.value for argument in command.arguments]
        words = [word for value in values if value for word in value.choices]
        assert all(shlex.quote(word) == word for word in [*words, *command.name.split()])


@pytest.mark.parametrize("check", ["bash -n", "zsh -n", "fish -n", "shellcheck"])
def test_the_scripts_are_sound(check: str, claimtrack: Run, tmp_path: Path) -> None:
    program, *options = check.split()
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed")
    script = tmp_path / "script"
    script.write_text(claimtrack("completion", program.replace("shellcheck", "bash")).out)
    done = subprocess.run([program, *options, script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_how_to_install_stands_in_the_script_and_in_the_help(name: str, claimtrack: Run) -> None:
    line = f"claimtrack completion {name} > ~/."
    assert f"#     {line}" in claimtrack("completion", name).out
    assert f"    {line}" in claimtrack("completion", "--help").out


# ------------------------------------------------------------------------- the program's answer


def test_an_answer_imports_nothing_heavy(register: Write) -> None:
    register(HARBOUR.replace("sources: {gazette: {}, wire: {}}", "sources:\n  gazette:\n  wire:"))
    code = (
        "import sys; from claimtrack.cli import main\n"
        "sys.argv = ['claimtrack', '--complete', 'claims,sources,tags,conflicts', 'may']\n"
        "try: main()\n"
        "except SystemExit: print(*sys.modules, file=sys.stderr)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "mayor-on-pier\n"
    imported = {name.split(".")[0] for name in run.stderr.split()}
    assert not imported & {"typer", "click", "rich", "pydantic", "yaml", "pint", "rapidfuzz"}


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["claims", ""], None),
        (["claims", ""], "claims: ["),
        (["claims", ""], "claims: {a: b}"),
        (["claims", ""], "claims:\n\t- id: x"),
        (["claims", ""], "claims: 3"),
        (["claims", "", "/no/such/place"], "claims: [{id: a}]"),
        (["claims", "", "\0"], "claims: [{id: a}]"),
        (["hovercraft", ""], "claims: [{id: a}]"),
        (["claims"], "claims: [{id: a}]"),
        ([], "claims: [{id: a}]"),
        (["claims", "", "", "", ""], "claims: [{id: a}]"),
    ],
)
def test_what_cannot_be_answered_is_answered_by_nothing(
    words: list[str], text: str | None, register: Write, claimtrack: Run
) -> None:
    if text is not None:
        register(text)
    result = claimtrack("--complete", *words)
    assert (result.status, result.out, result.err) == (0, "", "")


def test_a_folder_that_is_gone_is_answered_by_nothing(tmp_path: Path, claimtrack: Run) -> None:
    (tmp_path / "here").mkdir()
    os.chdir(tmp_path / "here")
    (tmp_path / "here").rmdir()
    result = claimtrack("--complete", "claims", "")
    assert (result.status, result.out, result.err) == (0, "", "")


@pytest.mark.parametrize(
    ("words", "only"),
    [
        ([], ""),
        (["list", "--help"], "list"),
        (["--register", "list", "show", "x"], "show"),
        (["--register=list", "show", "x"], "show"),
        (["--version"], ""),
        (["--help"], None),
        (["-h", "list"], None),
        (["--register"], ""),
        (["lst"], None),
        (["source", "add"], "source"),
        (["completion", "bash"], "completion"),
    ],
)
def test_only_the_command_that_is_called_is_declared(words: list[str], only: str | None) -> None:
    assert called(words) == only
    declared = typer.main.get_command(application(only))
    names = set(getattr(declared, "commands", {}))
    assert names == ({only} - {""} if only is not None else set(NAMES))
