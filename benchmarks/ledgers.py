"""Ledgers of as many transactions as a register has claims, for bean-check and hledger."""

from __future__ import annotations

import random
from pathlib import Path

from registers import vocabulary

ACCOUNTS = 400


def write_ledger(path: Path, transactions: int, seed: int) -> Path:
    """A ledger that both Beancount and hledger read: two postings a transaction, all balanced."""
    rng = random.Random(seed)  # noqa: S311 - nothing here is a secret
    words = [word for word in vocabulary(rng) if word.isascii()]
    with path.open("w", encoding="utf-8") as file:
        if path.suffix == ".beancount":
            file.write("1999-01-01 open Assets:Cash EUR\n")
            file.writelines(f"1999-01-01 open {account(n)} EUR\n" for n in range(ACCOUNTS))
        for number in range(transactions):
            year, month = 2000 + number * 25 // transactions, rng.randrange(1, 13)
            said = " ".join(rng.choices(words, k=6))
            file.write(
                f'{year}-{month:02}-{rng.randrange(1, 29):02} * "{said}"\n'
                f"  {account(rng.randrange(ACCOUNTS))}  {rng.randrange(1, 10**5) / 100:.2f} EUR\n"
                f"  Assets:Cash\n\n"
            )
    return path


def account(number: int) -> str:
    """An account, by its number."""
    return f"Expenses:Sort-{number:03}"
