"""What other tools run: a step of GitHub Actions, hooks of pre-commit."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from conftest import PROJECT, Run, Write


def test_github_shows_each_mistake_at_its_line(register: Write, claimtrack: Run) -> None:
    register(
        'claims:\n  - id: a\n    statement: x\n    about: ["50 %, a: b\\r\\n::error::z"]\n'
        "  - id: b\n    statment: y\n"
    )
    result = claimtrack("check", "--format", "github")
    assert result.status == 1
    assert result.out == (
        "::warning file=claims.yaml,line=5,col=13,title=CT207%3A a name that no entity declares::"
        "no entity is called '50 %25, a: b ::error::z', so it stands for itself; declare it under "
        "entities\n"
        "::error file=claims.yaml,line=7,col=5,title=CT302%3A an unknown key::"
        "a claim has no key 'statment' (did you mean 'statement'?)\n"
        "1 error, 1 warning; no quotes\n"
    )


def test_github_names_files_from_the_current_folder(tmp_path: Path, claimtrack: Run) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "claims.yaml").write_text("claims: []\n")
    result = claimtrack("check", "--format", "github")
    assert result.status == 3
    assert result.out.startswith("::error file=data/claims.yaml,line=1,col=1,title=CT109%3A ")


def test_every_hook_is_a_command_that_there_is(register: Write, claimtrack: Run) -> None:
    register("claims: [{id: a, statement: x}]\n")
    hooks = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert len(hooks) == 3
    for hook in hooks:
        result = claimtrack(*hook["args"])
        assert result.status == 0, result.err
        assert re.search(hook["files"], "data/claims.yaml")
