"""The merge driver as git starts it: real repositories, two branches, one register."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from claimtrack.edit.merging.driver import configure, settings
from conftest import Run, Write
from repositories import CLEAN, Repository

BASE = """\
claimtrack: 1
title: &title Bases
sources: {post: {}, wire: {}, paper: {}}
claims:
  - id: open
    statement: The base is open.
    evidence:
      - {source: post}

  - id: closed
    statement: The base is closed.
"""
STATEMENT = "statement: The base is open."
CITED = "      - {source: post}\n"


def claim(key: str) -> str:
    return f"\n  - id: {key}\n    statement: It is {key}.\n"


class Branches(Repository):
    """A repository with two branches that begin at one commit."""

    def begin(self, base: str | dict[str, str], *, install: bool = True) -> None:
        files = {"claims.yaml": base} if isinstance(base, str) else base
        self.git("init", "--quiet")
        self.commit(files)
        if install:
            self.git("add", "--all")
        self.git("branch", "other")

    def diverge(self, ours: str, theirs: str, name: str = "claims.yaml") -> None:
        """Commit each side's file on its branch, and end on ours."""
        self.git("checkout", "--quiet", "other")
        self.commit({name: theirs})
        self.git("checkout", "--quiet", "main")
        self.commit({name: ours})

    def tried(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of git that may fail."""
        who = {
            f"GIT_{role}_{key}": "ann"
            for role in ("AUTHOR", "COMMITTER")
            for key in ("NAME", "EMAIL")
        }
        return subprocess.run(
            ["git", *arguments],
            check=False,
            capture_output=True,
            text=True,
            cwd=self.folder,
            env={**os.environ, **CLEAN, **who},
        )

    def text(self, name: str = "claims.yaml") -> str:
        return (self.folder / name).read_text("utf-8")


@pytest.fixture
def branches(tmp_path: Path, claimtrack: Run) -> Branches:
    """Two branches of one register, in a repository that merges by the driver."""
    made = Branches(tmp_path)
    made.begin(BASE)
    assert claimtrack("install-merge-driver").status == 0
    made.commit()
    made.git("branch", "--force", "other")
    return made


MERGED = (
    "claimtrack: claims.yaml is merged claim by claim; claimtrack check says whether it fits "
    "together\n"
)


def test_both_branches_add_claims_at_the_end(branches: Branches, claimtrack: Run) -> None:
    branches.diverge(BASE + claim("one"), BASE + claim("two"))
    done = branches.tried("merge", "--no-edit", "other")
    assert (done.returncode, done.stderr) == (0, MERGED)
    assert branches.text() == BASE + claim("one") + claim("two")
    assert branches.git("status", "--porcelain") == ""
    assert claimtrack("list").ids == ["open", "closed", "one", "two"]


def test_both_branches_cite_for_one_claim(branches: Branches) -> None:
    ours = BASE.replace(CITED, CITED + "      - {source: wire}\n")
    branches.diverge(ours, BASE.replace(CITED, CITED + "      - source: paper\n"))
    assert branches.tried("merge", "--no-edit", "other").returncode == 0
    assert branches.text() == ours.replace(
        "{source: wire}\n", "{source: wire}\n      - source: paper\n"
    )


def test_two_statements_of_one_claim_are_a_conflict(branches: Branches, claimtrack: Run) -> None:
    branches.diverge(
        BASE.replace(STATEMENT, "statement: It is half open."),
        BASE.replace(STATEMENT, "statement: It was open."),
    )
    done = branches.tried("merge", "other")
    assert done.returncode == 1
    assert done.stderr == (
        "claimtrack: claims.yaml is merged claim by claim, but for 1 place where both sides "
        "differ:\n"
        "  claims / open / statement\n"
        "Choose between the markers in the file, run claimtrack check, then git add.\n"
    )
    before, _, after = BASE.partition(f"    {STATEMENT}\n")
    # Git of before 2.44 does not say what the sides are called.
    assert re.sub(r"(?m)^([<>]{7}) (ours|theirs|HEAD|other)$", r"\1", branches.text()) == (
        f"{before}<<<<<<<\n    statement: It is half open.\n=======\n"
        f"    statement: It was open.\n>>>>>>>\n{after}"
    )
    assert branches.git("status", "--porcelain") == "UU claims.yaml\n"
    found = claimtrack("check")
    assert (found.status, found.out) == (3, "")
    assert "claims.yaml:6:1: error CT103: not YAML: a merge left two versions here; choose one" in (
        found.err
    )


def test_the_common_ancestor_stands_between_where_git_shows_it(branches: Branches) -> None:
    branches.git("config", "merge.conflictStyle", "zdiff3")
    branches.diverge(BASE.replace("is open", "is shut"), BASE.replace("is open", "was open"))
    branches.tried("merge", "other")
    assert f"\n    {STATEMENT}\n=======\n" in branches.text()
    assert "\n||||||| " in branches.text()


def test_one_branch_renames_a_claim_and_the_other_cites_for_it(branches: Branches) -> None:
    cited = BASE.replace(CITED, CITED + "      - {source: wire}\n")
    branches.diverge(BASE.replace("id: open", "id: in-use"), cited)
    assert branches.tried("merge", "--no-edit", "other").returncode == 0
    assert branches.text() == cited.replace("id: open", "id: in-use")


@pytest.mark.parametrize("command", [("rebase", "other"), ("cherry-pick", "other")])
def test_rebase_and_cherry_pick_merge_so_too(branches: Branches, command: tuple[str, ...]) -> None:
    branches.diverge(BASE + claim("one"), BASE + claim("two"))
    assert branches.tried(*command).returncode == 0
    # While a branch is set upon another, that one is "ours".
    first, last = ("two", "one") if command[0] == "rebase" else ("one", "two")
    assert branches.text() == BASE + claim(first) + claim(last)


def test_two_decisions_on_one_thing_are_told_of(branches: Branches) -> None:
    verdict = "    verdicts: [{{rating: {}, by: {}}}]\n"
    branches.diverge(
        BASE + verdict.format("refuted", "ann"), BASE + verdict.format("confirmed", "ben")
    )
    done = branches.tried("merge", "--no-edit", "other")
    assert done.stderr == (
        "claimtrack: claims.yaml: both sides judged the claim closed: refuted, and confirmed; "
        "the last one in the file counts\n" + MERGED
    )


def test_what_is_no_yaml_is_merged_by_lines(branches: Branches) -> None:
    broken = BASE.replace("claims:", "claims")
    branches.diverge(broken + claim("one"), BASE.replace("is open", "was open"))
    done = branches.tried("merge", "--no-edit", "other")
    assert done.returncode == 0
    assert done.stderr.startswith(
        "claimtrack: claims.yaml is merged line by line, as git does: our version, line 5: not YAML"
    )
    assert branches.text() == broken.replace("is open", "was open") + claim("one")


def test_lines_that_merge_into_what_nobody_meant_are_a_conflict(branches: Branches) -> None:
    noted = BASE.replace("id: closed\n", "id: closed\n    note: *title\n")
    branches.diverge(BASE.replace("&title ", ""), noted)
    done = branches.tried("merge", "--no-edit", "other")
    assert done.returncode == 1
    assert done.stderr == (
        "claimtrack: claims.yaml is merged line by line, as git does: what came of it, line 11: "
        "not YAML: no anchor '&title' stands above this alias\n"
        "claimtrack: claims.yaml: the lines merge, but into what the two sides do not mean; look "
        "through it before you commit it\n"
    )
    assert branches.text() == noted.replace("&title ", "")
    assert branches.git("status", "--porcelain") == "UU claims.yaml\n"


def test_what_git_does_not_merge_either_is_left_as_it_is(branches: Branches) -> None:
    branches.diverge(BASE + "\0", BASE + claim("two"))
    done = branches.tried("merge", "other")
    assert done.returncode == 1
    assert "claims.yaml is left as our side has it, for it cannot be merged: " in done.stderr
    assert branches.text() == BASE + "\0"
    assert branches.git("status", "--porcelain") == "UU claims.yaml\n"


def test_a_driver_that_is_gone_leaves_gits_own_merge(branches: Branches) -> None:
    configure(branches.folder, settings("/nowhere/python"))
    branches.diverge(BASE.replace("is open", "is shut"), BASE.replace("is open", "was open"))
    done = branches.tried("merge", "other")
    assert done.returncode == 1
    assert "<<<<<<< " in branches.text()
    assert "is shut" in branches.text()
    assert "was open" in branches.text()


def test_the_driver_is_found_where_no_environment_is_active(
    branches: Branches, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = shutil.which("git")
    assert program is not None
    monkeypatch.setenv("PATH", str(Path(program).parent))
    branches.diverge(BASE + claim("one"), BASE + claim("two"))
    done = branches.tried("merge", "--no-edit", "other")
    assert (done.returncode, done.stderr) == (0, MERGED)


def test_modules_that_lie_in_the_repository_are_not_run(branches: Branches) -> None:
    (branches.folder / "yaml.py").write_text("raise SystemExit(0)\n")
    branches.diverge(BASE + claim("one"), BASE + claim("two"))
    assert branches.tried("merge", "--no-edit", "other").returncode == 0
    assert branches.text() == BASE + claim("one") + claim("two")


def test_files_that_a_register_includes_are_merged_so_too(tmp_path: Path, claimtrack: Run) -> None:
    made = Branches(tmp_path)
    main = "claimtrack: 1\ninclude: [more/*.yaml]\n"
    made.begin({"data/claims.yaml": main, "data/more/a.yaml": "claims: []\n"})
    assert claimtrack("install-merge-driver").status == 0
    assert made.text("data/.gitattributes") == (
        "/claims.yaml merge=claimtrack\n/more/*.yaml merge=claimtrack\n"
    )
    made.commit()
    made.git("branch", "--force", "other")
    new = "claims:\n- {{id: {0}, statement: {0}}}\n"
    made.diverge(new.format("a"), new.format("b"), "data/more/a.yaml")
    assert made.tried("merge", "--no-edit", "other").returncode == 0
    assert made.text("data/more/a.yaml") == new.format("a") + "- {id: b, statement: b}\n"


# ------------------------------------------------------------------------------- the command itself


def test_the_result_is_written_over_ours(claimtrack: Run, tmp_path: Path) -> None:
    for name, text in (("base", BASE), ("ours", BASE + claim("a")), ("theirs", BASE + claim("b"))):
        (tmp_path / name).write_text(text)
    result = claimtrack("merge-driver", "base", "ours", "theirs", "--path", "claims.yaml")
    assert (result.status, result.out, result.err) == (0, "", MERGED)
    assert (tmp_path / "ours").read_text() == BASE + claim("a") + claim("b")
    assert (tmp_path / "theirs").read_text() == BASE + claim("b")


def test_labels_are_those_that_git_knows(claimtrack: Run, tmp_path: Path) -> None:
    for name, text in (("base", "a"), ("ours", "b"), ("theirs", "c")):
        (tmp_path / name).write_text(f"claimtrack: 1\ntitle: {text}\n")
    labels = ("--ours-label", "%X", "--theirs-label", "a branch")
    result = claimtrack("merge-driver", "base", "ours", "theirs", "--marker-size", "9", *labels)
    assert result.status == 1
    assert (tmp_path / "ours").read_text() == (
        "claimtrack: 1\n<<<<<<<<< ours\ntitle: b\n=========\ntitle: c\n>>>>>>>>> a branch\n"
    )


def test_what_cannot_be_done_is_a_failure_to_git(claimtrack: Run, tmp_path: Path) -> None:
    for name in ("base", "ours"):
        (tmp_path / name).write_text(BASE)
    result = claimtrack("merge-driver", "base", "ours", "theirs", "--path", "claims.yaml")
    assert result.status == 129
    assert result.err == (
        "claimtrack: claims.yaml cannot be merged: [Errno 2] No such file or directory: 'theirs'\n"
    )


# ------------------------------------------------------------------------------------- installing


def test_installing_twice_changes_nothing_more(claimtrack: Run, register: Write) -> None:
    register("include: [claims/*.yaml, 'a b/*.yaml', 'x[1].yaml']\n")
    repository = Branches(Path.cwd())
    repository.git("init", "--quiet")
    attributes = Path(".gitattributes")
    attributes.write_bytes(b"*.md text\r\n*.txt -text")
    first = claimtrack("install-merge-driver")
    assert (first.status, first.out) == (0, "")
    assert first.err == (
        "git merges claim by claim in this clone: claims.yaml, claims/*.yaml, a b/*.yaml and "
        "x[1].yaml\n"
        "next: git add .gitattributes, and commit it\n"
        "whoever else clones the repository runs claimtrack install-merge-driver once\n"
    )
    written = attributes.read_bytes()
    assert written == (
        b"*.md text\r\n*.txt -text\r\n"
        b"/claims.yaml merge=claimtrack\r\n/claims/*.yaml merge=claimtrack\r\n"
        b'"/a b/*.yaml" merge=claimtrack\r\n/x\\[1\\].yaml merge=claimtrack\r\n'
    )
    for name in ("claims.yaml", "claims/a.yaml", "a b/c.yaml", "x[1].yaml"):
        assert repository.git("check-attr", "merge", name).endswith(": claimtrack\n")
    for name in ("deep/claims.yaml", "claims/a/b.yaml", "x1.yaml"):
        assert repository.git("check-attr", "merge", name).endswith(": unspecified\n")
    config = Path(".git/config").read_bytes()
    assert claimtrack("install-merge-driver").status == 0
    assert attributes.read_bytes() == written
    assert Path(".git/config").read_bytes() == config


def test_uninstalling_leaves_what_was_there(claimtrack: Run, register: Write) -> None:
    register("")
    repository = Branches(Path.cwd())
    repository.git("init", "--quiet")
    config = Path(".git/config").read_bytes()
    claimtrack("install-merge-driver")
    result = claimtrack("install-merge-driver", "--uninstall")
    assert (result.status, result.out) == (0, "")
    assert result.err == (
        "git merges this register line by line, in this clone\n"
        "and in every other, once the change of .gitattributes is committed\n"
    )
    assert not Path(".gitattributes").exists()
    assert Path(".git/config").read_bytes() == config
    Path(".gitattributes").write_text("# ours\n*.md text\n")
    claimtrack("install-merge-driver")
    claimtrack("install-merge-driver", "--uninstall")
    assert Path(".gitattributes").read_text() == "# ours\n*.md text\n"


def test_a_dry_run_shows_what_would_be_written(claimtrack: Run, register: Write) -> None:
    register("")
    Branches(Path.cwd()).git("init", "--quiet")
    config = Path(".git/config").read_bytes()
    result = claimtrack("install-merge-driver", "--dry-run")
    assert result.status == 0
    lines = result.out.splitlines()
    assert lines[:4] == [
        "--- .gitattributes",
        "+++ .gitattributes",
        "@@ -0,0 +1,1 @@",
        "+/claims.yaml merge=claimtrack",
    ]
    assert [line.split()[:4] for line in lines[4:]] == [
        ["git", "config", "--local", "merge.claimtrack.name"],
        ["git", "config", "--local", "merge.claimtrack.driver"],
    ]
    assert not Path(".gitattributes").exists()
    assert Path(".git/config").read_bytes() == config


def test_an_attribute_that_has_another_say_is_told_of(claimtrack: Run, register: Write) -> None:
    register("")
    Branches(Path.cwd()).git("init", "--quiet")
    Path(".git/info").mkdir(exist_ok=True)
    Path(".git/info/attributes").write_text("*.yaml merge=union\n")
    result = claimtrack("install-merge-driver")
    assert "but not claims.yaml: another line of git's attributes says merge=union\n" in result.err


def test_a_register_that_is_not_under_git_is_refused(claimtrack: Run, register: Write) -> None:
    register("")
    result = claimtrack("install-merge-driver")
    assert (result.status, result.out) == (2, "")
    assert result.err == "claimtrack: the register is not under git\n"
    assert not Path(".gitattributes").exists()


def test_a_configuration_that_cannot_be_written_is_said(claimtrack: Run, register: Write) -> None:
    register("")
    Branches(Path.cwd()).git("init", "--quiet")
    Path(".git/config.lock").write_text("")
    result = claimtrack("install-merge-driver")
    assert result.status == 4
    assert result.err.startswith(
        "claimtrack: git's configuration cannot be written: could not lock"
    )
    assert not Path(".gitattributes").exists()


def test_a_path_with_signs_of_the_shell_and_of_git_in_it_stays_one_word() -> None:
    driver = settings("/my files/50%/it's/python")["merge.claimtrack.driver"]
    assert driver.startswith("'/my files/50%%/it'\"'\"'s/python' -P -m claimtrack merge-driver ")
    assert settings(sys.executable)["merge.claimtrack.name"]
