"""What a new file keeps of the one whose place it takes: owner, group, mode, attributes, ACLs.

What the system itself puts on a file, such as a checksum of its bytes, is not carried over. Hard
links are not kept: the file's other names keep the old one. Of macOS's own ACLs Python knows
nothing.
"""

from __future__ import annotations

import errno
import os
import stat

from claimtrack.diagnostic import ClaimtrackError


class NotKept(ClaimtrackError):
    """A user who cannot give a file what the old one has."""

    exit_status = 4

    def __init__(self, what: str, name: str, error: OSError) -> None:
        super().__init__(
            f"the {what} of {name} cannot be kept: {error.strerror}; nothing was written"
        )


def keep(descriptor: int, old: os.stat_result, attributes: dict[str, bytes], name: str) -> None:
    """Give an open file the owner, the attributes and the mode of the old one.

    The mode comes last: a change of owner takes its special bits away, and an ACL sets the group's.
    Raises NotKept; what else goes wrong is an OSError.
    """
    _keep_owner(descriptor, old, name)
    _keep_attributes(descriptor, attributes, name)
    os.fchmod(descriptor, stat.S_IMODE(old.st_mode))


def _keep_owner(descriptor: int, old: os.stat_result, name: str) -> None:
    new = os.fstat(descriptor)
    if (new.st_uid, new.st_gid) == (old.st_uid, old.st_gid):
        return
    try:
        os.fchown(descriptor, old.st_uid, old.st_gid)
    except PermissionError as error:
        raise NotKept(f"owner and group ({old.st_uid}:{old.st_gid})", name, error) from error


def _keep_attributes(descriptor: int, wanted: dict[str, bytes], name: str) -> None:
    # A folder's default ACL stands on every file that is made in it, whatever the old one had.
    present = attributes_of(descriptor)
    for attribute in sorted(wanted.keys() | present.keys()):
        try:
            if attribute not in wanted:
                os.removexattr(descriptor, attribute)
            elif wanted[attribute] != present.get(attribute):
                os.setxattr(descriptor, attribute, wanted[attribute])
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise
            raise NotKept(f"extended attribute '{attribute}'", name, error) from error


def attributes_of(file: int | str | os.PathLike[str]) -> dict[str, bytes]:
    """The extended attributes of a file that are its owner's, ACLs among them."""
    if not hasattr(os, "listxattr"):
        return {}
    try:
        names = os.listxattr(file)
    except OSError as error:
        if error.errno in (errno.ENOTSUP, errno.EOPNOTSUPP):
            return {}
        raise
    return {name: os.getxattr(file, name) for name in names if _is_owners(name)}


def _is_owners(attribute: str) -> bool:
    return not attribute.startswith("security.") or attribute == "security.selinux"
