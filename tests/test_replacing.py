"""Files replaced whole: what is kept, what is refused, and what is told."""

from __future__ import annotations

import os
import shutil
import stat
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from claimtrack.diagnostic import ClaimtrackError
from claimtrack.edit.replacing import Replacement, replace_files

NOBODY = 65534
IS_ROOT = os.geteuid() == 0
as_root = pytest.mark.skipif(not IS_ROOT, reason="only root gives files away")


def replace(folder: Path, /, **changes: tuple[bytes | None, bytes]) -> None:
    """Write files of the folder, named without their ``.yaml``."""
    replace_files(
        [Replacement(folder / f"{name}.yaml", *bytes_) for name, bytes_ in changes.items()], folder
    )


def refusal(folder: Path, /, **changes: tuple[bytes | None, bytes]) -> str:
    with pytest.raises(ClaimtrackError) as refused:
        replace(folder, **changes)
    assert refused.value.exit_status == 4
    return str(refused.value)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below the folder, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def a(tmp_path: Path) -> Path:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"old")
    return path


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may reach and write in."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


SCRIPT = """
import os, sys
from pathlib import Path
from claimtrack.diagnostic import ClaimtrackError
from claimtrack.edit.replacing import Replacement, replace_files
folder, user = Path(sys.argv[1]), int(sys.argv[2])
if os.geteuid() == 0 != user:
    os.setgroups([]), os.setegid(user), os.seteuid(user)
try:
    replace_files([Replacement(folder / "a.yaml", b"old", b"new" * 1000)], folder)
except ClaimtrackError as error:
    print(error, end="")
"""


def told_to(user: int, folder: Path, *before: str) -> str:
    """What a user is told who writes ``a.yaml`` of the folder; root stays who it is for 0."""
    words = [*before, sys.executable, "-c", SCRIPT, str(folder), str(user)]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


# ------------------------------------------------------------------------------------- the change


def test_a_file_is_replaced(a: Path, tmp_path: Path) -> None:
    replace(tmp_path, a=(b"old", b"new"))
    assert contents(tmp_path) == {"a.yaml": b"new"}


def test_a_file_is_made_as_the_umask_has_it(tmp_path: Path) -> None:
    umask = os.umask(0o027)
    try:
        replace(tmp_path, a=(None, b"new"))
    finally:
        os.umask(umask)
    assert contents(tmp_path) == {"a.yaml": b"new"}
    assert stat.S_IMODE((tmp_path / "a.yaml").stat().st_mode) == 0o640


def test_several_files_in_several_folders_change_together(a: Path, tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    replace(tmp_path, **{"a": (b"old", b"new"), "claims/b": (None, b"b")})
    assert contents(tmp_path) == {"a.yaml": b"new", "claims/b.yaml": b"b"}


def test_a_file_that_would_not_change_is_left_alone(a: Path, tmp_path: Path) -> None:
    before = a.stat()
    replace(tmp_path, a=(b"old", b"old"), b=(None, b"b"))
    assert (a.stat().st_ino, a.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert contents(tmp_path) == {"a.yaml": b"old", "b.yaml": b"b"}


def test_nothing_to_do_is_nothing_done(a: Path, tmp_path: Path) -> None:
    replace(tmp_path)
    replace(tmp_path, a=(b"old", b"old"))
    assert contents(tmp_path) == {"a.yaml": b"old"}


def test_a_file_can_be_empty_before_and_after(tmp_path: Path) -> None:
    replace(tmp_path, a=(None, b""))
    replace(tmp_path, a=(b"", b"x"))
    replace(tmp_path, a=(b"x", b""))
    assert contents(tmp_path) == {"a.yaml": b""}


def test_a_name_may_be_as_long_as_the_system_has_them(tmp_path: Path) -> None:
    name = "x" * 250
    replace(tmp_path, **{name: (None, b"one")})
    replace(tmp_path, **{name: (b"one", b"two")})
    assert contents(tmp_path) == {f"{name}.yaml": b"two"}


# ------------------------------------------------------------------------------------ what is kept


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755, 0o2755, 0o4711, 0o1644])
def test_the_mode_is_kept_with_its_special_bits(mode: int, a: Path, tmp_path: Path) -> None:
    a.chmod(mode)
    replace(tmp_path, a=(b"old", b"new"))
    assert stat.S_IMODE(a.stat().st_mode) == mode


@as_root
def test_owner_and_group_are_kept(a: Path, tmp_path: Path) -> None:
    os.chown(a, 1234, 5678)
    a.chmod(0o6750)
    replace(tmp_path, a=(b"old", b"new"))
    now = a.stat()
    assert (now.st_uid, now.st_gid, stat.S_IMODE(now.st_mode)) == (1234, 5678, 0o6750)


@as_root
def test_an_owner_that_cannot_be_kept_is_a_refusal(open_folder: Path) -> None:
    a = open_folder / "a.yaml"
    a.write_bytes(b"old")
    a.chmod(0o666)
    assert told_to(NOBODY, open_folder) == (
        "the owner and group (0:0) of a.yaml cannot be kept: Operation not permitted; "
        "nothing was written"
    )
    assert contents(open_folder) == {"a.yaml": b"old"}


def acl(user: int, permissions: int) -> bytes:
    """An ACL that gives one more user permissions, as Linux keeps it (acl(5), version 2)."""
    nobody = 0xFFFFFFFF
    owner, named, group, mask, other = 1, 2, 4, 16, 32
    entries = [(owner, 6, nobody), (named, permissions, user), (group, 4, nobody)]
    entries += [(mask, 6, nobody), (other, 0, nobody)]
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


def set_attribute(path: Path, name: str, value: bytes) -> None:
    try:
        os.setxattr(path, name, value)
    except (AttributeError, OSError):
        pytest.skip("the file system has no such attributes")


def test_extended_attributes_are_kept(a: Path, tmp_path: Path) -> None:
    set_attribute(a, "user.origin", b"by hand")
    replace(tmp_path, a=(b"old", b"new"))
    assert os.getxattr(a, "user.origin") == b"by hand"


def test_an_acl_is_kept(a: Path, tmp_path: Path) -> None:
    set_attribute(a, "system.posix_acl_access", acl(1234, 6))
    before = a.stat().st_mode
    replace(tmp_path, a=(b"old", b"new"))
    assert os.getxattr(a, "system.posix_acl_access") == acl(1234, 6)
    assert a.stat().st_mode == before


def test_the_folder_gives_a_file_no_acl_that_it_did_not_have(a: Path, tmp_path: Path) -> None:
    set_attribute(tmp_path, "system.posix_acl_default", acl(1234, 6))
    replace(tmp_path, a=(b"old", b"new"))
    assert os.listxattr(a) == []
    replace(tmp_path, b=(None, b"made"))  # as any program that makes a file there
    assert os.listxattr(tmp_path / "b.yaml") == ["system.posix_acl_access"]


def test_a_link_stays_a_link_and_its_target_is_replaced(a: Path, tmp_path: Path) -> None:
    (tmp_path / "b.yaml").symlink_to("c.yaml")
    (tmp_path / "c.yaml").symlink_to("a.yaml")
    replace(tmp_path, b=(b"old", b"new"))
    assert (tmp_path / "b.yaml").readlink() == Path("c.yaml")
    assert (tmp_path / "c.yaml").readlink() == Path("a.yaml")
    assert not a.is_symlink()
    assert a.read_bytes() == b"new"


def test_one_file_may_lie_elsewhere(a: Path, tmp_path: Path) -> None:
    folder = tmp_path / "register"
    folder.mkdir()
    (folder / "claims.yaml").symlink_to(a)
    replace(folder, claims=(b"old", b"new"))
    assert contents(tmp_path) == {"a.yaml": b"new", "register/claims.yaml": b"new"}


def test_a_hard_link_keeps_the_old_file(a: Path, tmp_path: Path) -> None:
    (tmp_path / "backup").hardlink_to(a)
    replace(tmp_path, a=(b"old", b"new"))
    assert contents(tmp_path) == {"a.yaml": b"new", "backup": b"old"}


# --------------------------------------------------------------------------------- what is refused


def test_a_file_that_changed_since_it_was_read(a: Path, tmp_path: Path) -> None:
    a.write_bytes(b"their")
    assert refusal(tmp_path, a=(b"old", b"new")) == (
        "a.yaml changed since it was read; nothing was written, run the command again"
    )
    assert contents(tmp_path) == {"a.yaml": b"their"}


@pytest.mark.parametrize("there", [True, False])
def test_a_file_that_was_made_or_removed_since(there: bool, a: Path, tmp_path: Path) -> None:
    if not there:
        a.unlink()
    told = refusal(tmp_path, a=(None if there else b"old", b"new"), b=(None, b"b"))
    assert told.startswith("a.yaml changed since it was read; nothing was written")
    assert contents(tmp_path) == ({"a.yaml": b"old"} if there else {})


def test_of_several_none_is_written_if_one_changed(a: Path, tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_bytes(b"their")
    told = refusal(tmp_path, a=(b"old", b"new"), b=(b"old", b"new"))
    assert told.startswith("b.yaml changed since it was read; nothing was written")
    assert contents(tmp_path) == {"a.yaml": b"old", "b.yaml": b"their"}


@pytest.mark.parametrize("mode", [0o444, 0o400, 0])
def test_a_read_only_file_is_meant_so_by_root_too(mode: int, a: Path, tmp_path: Path) -> None:
    if mode == 0 and not IS_ROOT:
        pytest.skip("only root reads a file of this mode")
    a.chmod(mode)
    assert refusal(tmp_path, a=(b"old", b"new")) == (
        f"a.yaml is read-only (mode {mode:04o}); nothing was written"
    )
    a.chmod(0o644)
    assert contents(tmp_path) == {"a.yaml": b"old"}


@as_root
def test_a_file_of_somebody_else(open_folder: Path) -> None:
    a = open_folder / "a.yaml"
    a.write_bytes(b"old")
    a.chmod(0o644)
    assert told_to(NOBODY, open_folder) == (
        "a.yaml is not yours to write (mode 0644); nothing was written"
    )


def test_a_read_only_folder(open_folder: Path) -> None:
    a = open_folder / "a.yaml"
    a.write_bytes(b"old")
    if IS_ROOT:
        os.chown(a, NOBODY, NOBODY)
    open_folder.chmod(0o555)
    assert told_to(NOBODY, open_folder) == (
        f"writing in {open_folder} failed: Permission denied; nothing was written; "
        "a.yaml is as it was"
    )
    assert contents(open_folder) == {"a.yaml": b"old"}
    open_folder.chmod(0o777)


def test_what_is_no_regular_file(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "circle.yaml").symlink_to("circle.yaml")
    for name in ("folder", "pipe", "circle"):
        assert refusal(tmp_path, **{name: (b"old", b"new")}) == (
            f"{name}.yaml cannot be written: it is not a regular file; nothing was written"
        )


def test_one_file_under_two_names(a: Path, tmp_path: Path) -> None:
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    assert refusal(tmp_path, a=(b"old", b"new"), b=(b"old", b"other")) == (
        "b.yaml is the same file as a.yaml; nothing was written"
    )
    assert a.read_bytes() == b"old"


def test_several_files_of_which_one_lies_elsewhere(a: Path, tmp_path: Path) -> None:
    folder = tmp_path / "register"
    folder.mkdir()
    (folder / "claims.yaml").symlink_to(a)
    assert refusal(folder, claims=(b"old", b"new"), b=(None, b"b")) == (
        "claims.yaml lies outside the register's folder, and files that change together must lie "
        "in it; nothing was written"
    )
    assert contents(tmp_path) == {"a.yaml": b"old", "register/claims.yaml": b"old"}


def test_a_file_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path, **{"claims/a": (None, b"new")}) == (
        f"writing in {tmp_path}/claims failed: No such file or directory; nothing was written; "
        "claims/a.yaml was not made"
    )


# ---------------------------------------------------------------------------------- the full disk


LIMITED = ("sh", "-c", 'ulimit -f 2; "$@"', "sh")
"""A process whose files can have a thousand or two thousand bytes: as good as a full disk."""


def test_a_disk_that_takes_no_more(a: Path, tmp_path: Path) -> None:
    assert told_to(0, tmp_path, *LIMITED) == (
        "writing failed: File too large; nothing was written; a.yaml is as it was"
    )
    assert contents(tmp_path) == {"a.yaml": b"old"}


SEVERAL = """
import sys
from pathlib import Path
from claimtrack.diagnostic import ClaimtrackError
from claimtrack.edit.replacing import Replacement, replace_files
folder, sizes = Path(sys.argv[1]), [int(size) for size in sys.argv[2:]]
try:
    replace_files(
        [Replacement(folder / f"{n}.yaml", None, b"x" * size) for n, size in enumerate(sizes)],
        folder,
    )
except ClaimtrackError as error:
    print(error, end="")
"""


@pytest.mark.parametrize(
    ("sizes", "names"),
    [
        (["1", "3000"], "0.yaml and 1.yaml"),
        # All of the files can be written, but not the journal that names them.
        (["1"] * 20, "0.yaml, 1.yaml, 2.yaml, 3.yaml, 4.yaml and 15 more"),
    ],
)
def test_a_disk_that_takes_only_some(sizes: list[str], names: str, tmp_path: Path) -> None:
    words = [*LIMITED, sys.executable, "-c", SEVERAL, str(tmp_path), *sizes]
    told = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    assert told == (f"writing failed: File too large; nothing was written; {names} were not made")
    assert contents(tmp_path) == {}


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    mounted = f"mount -t tmpfs -o size=16k none {tmp_path} && printf old >{tmp_path}/a.yaml"
    filled = f"head -c 100000 /dev/zero >{tmp_path}/other 2>/dev/null"
    within = ["unshare", "-m", "sh", "-c"]
    try:
        subprocess.run([*within, mounted], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("only root mounts a file system to fill")
    # In a name space of its own: with its last process the file system is gone.
    shown = f"; cat {tmp_path}/a.yaml; ls -A {tmp_path}"
    script = f'{mounted}; {filled}; "$@"{shown}'
    assert told_to(0, tmp_path, *within, script, "sh") == (
        "writing failed: No space left on device; nothing was written; a.yaml is as it was"
        "olda.yaml\nother\n"
    )
