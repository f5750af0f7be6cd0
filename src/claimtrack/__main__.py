"""Start claimtrack as ``python -m claimtrack``."""

from claimtrack.cli import program

if __name__ == "__main__":
    program()
