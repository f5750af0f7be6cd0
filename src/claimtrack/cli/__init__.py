"""The door: options in, one call, words out, exit status. The only package that knows Typer.

Exit status: 0 done; 1 findings; 2 wrong usage or an unknown id; 3 the main file cannot be read;
4 an error of the program's own, or of what it runs on; 130 interrupted.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn

from claimtrack.cli.later import imported_later
from claimtrack.cli.streams import prepare
from claimtrack.diagnostic import ClaimtrackError

OWN_ERROR = 4
_SELDOM = 200_000
"""New objects after which Python looks for those that only refer to one another."""
INTERRUPTED = 130


def program() -> NoReturn:
    """Run the program as the whole of a process, which ends with it.

    Nothing is taken apart that goes with the process anyway: that would be a fifth of the time of
    a short command.
    """
    try:
        main()
    except SystemExit as done:
        with suppress(OSError):
            sys.stderr.flush()
        os._exit(int(done.code or 0))


def main() -> NoReturn:
    """Run the program on the process's arguments."""
    prepare()
    # What a command makes lives to its end: there is hardly anything to be collected.
    gc.set_threshold(_SELDOM)
    try:
        status = _run()
        sys.stdout.flush()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except OSError as error:  # a full disk, say; Python would complain once more at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(f"claimtrack: the output cannot be written: {error.strerror}", file=sys.stderr)
        status = OWN_ERROR
    sys.exit(status)


def _run() -> int:
    if sys.argv[1:2] == ["--complete"]:
        from claimtrack.cli.completion.suggesting import suggest

        return suggest(sys.argv[2:])

    with imported_later():
        from claimtrack.cli.app import application, called

    try:
        _refuse_no_text(sys.argv[1:])
        app = application(called(sys.argv[1:]))
        return int(app(prog_name="claimtrack", standalone_mode=False) or 0)
    except ClaimtrackError as error:
        return _report(error)
    except (OSError, KeyboardInterrupt):
        raise
    except Exception as error:
        if hasattr(error, "exit_code") and hasattr(error, "show"):  # wrong usage, as Typer says it
            error.show()
            if "--register" in str(error):
                print(
                    "Write it before the command: claimtrack --register PATH list", file=sys.stderr
                )
            return int(error.exit_code)
        if type(error).__name__ == "Abort":
            return INTERRUPTED
        if os.environ.get("CLAIMTRACK_TRACEBACK"):
            raise
        told = f"{type(error).__name__}: {error}".splitlines()[0]
        print(
            f"claimtrack: an error of the program's own: {told}\n"
            "please report it, with what CLAIMTRACK_TRACEBACK=1 shows",
            file=sys.stderr,
        )
        return OWN_ERROR


class NoText(ClaimtrackError):
    """An argument that is no text in the system's encoding."""

    def __init__(self, argument: str) -> None:
        super().__init__(
            f"the argument '{argument}' is no text in this system's encoding ({_encoding()})"
        )


def _encoding() -> str:
    return sys.getfilesystemencoding().upper()


def _refuse_no_text(arguments: list[str]) -> None:
    """Raise NoText for an argument that could not be written to a file, unless it is a path."""
    for argument in arguments:
        is_text = not any("\ud800" <= sign <= "\udfff" for sign in argument)
        if not is_text and not os.path.lexists(argument):
            raise NoText(argument)


def _report(error: ClaimtrackError) -> int:
    from claimtrack.render.screen import screen

    screen(sys.stderr).line(f"claimtrack: {error}")
    return error.exit_status
