"""Registers as people lay them out: one and the same data in any of very many hands.

A hand is drawn from a seed. It writes each list and mapping in block or flow style, indents as it
likes, quotes as it likes, leaves comments and blank lines wherever YAML lets it, names and repeats
what it has named, and parts a register into files that include each other. Data are as in
``random_registers``: every scalar is its own text, None is a key without a value.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from random import Random
from typing import Any

Data = Any
Files = dict[str, bytes]

MAIN = "claims.yaml"

_REMARKS = (
    "see the article",
    "- id: fake",
    "key: value",
    'he said "so',
    "it's",
    "claims:",
    "a\tb",
    "[1, 2",
    "}, {",
    "x: |",
    "&a *a !t",
    "Ünïcödé 🙂 e\u0301",
    "--- ... ---",
)
NASTY = (
    "ends in a line\n",
    "two\n\nparagraphs",
    "trailing blanks  \nand more",
    " leads with a blank\nand goes on",
    "ends in lines\n\n\n",
    "# no comment",
    "a # b: c",
    "- id: fake",
    "tabs\tin\tit",
    'it\'s "quoted" \\ here',
    "🙂 astral, e\u0301 combining",
    "\u0085nel\u2028ls\u2029ps",
    "bell \x07 in it",
    "{a: [b, c}",
    "a long text that goes on and on " * 6 + "and ends",
    "key: value\nkey: value",
    "x\n# looks like a comment\ny",
    "\ttab first",
    "",
    "*alias",
    "&anchor",
    "!tag",
    "%YAML 1.2",
    "---",
    "? x",
    "| x",
)


@dataclass
class Habits:
    """How likely a hand does what, and what it always does in one file."""

    flow: float
    comment: float
    blank: float
    quote: float
    name: float
    odd: float
    line_end: str
    mark: bool
    steady: bool
    dash: int
    step: int

    @classmethod
    def drawn(cls, rng: Random) -> Habits:
        return cls(
            flow=rng.choice((0, 0.15, 0.4, 0.8)),
            comment=rng.choice((0, 0.05, 0.3)),
            blank=rng.choice((0, 0.1, 0.4)),
            quote=rng.choice((0, 0.2, 0.6)),
            name=rng.choice((0, 0, 0.05, 0.15)),
            odd=rng.choice((0, 0, 0.02, 0.1)),
            line_end=rng.choice(("\n", "\n", "\n", "\r\n", "\r\n", "\r")),
            mark=rng.random() < 0.15,
            steady=rng.random() < 0.5,
            dash=rng.choice((0, 0, 2, 2, 4)),
            step=rng.choice((1, 2, 2, 4)),
        )


@dataclass
class Hand:
    """One hand at one file. Texts have LF line ends until the file is done."""

    rng: Random
    habits: Habits
    named: dict[str, str] = field(default_factory=dict)
    names: int = 0
    comments: int = 0
    limit: int | None = None
    """Columns from here on belong to the block scalar above."""

    # ------------------------------------------------------------------------------ whole files

    def file(self, data: Data) -> bytes:
        head, foot = self._head(), ""
        if self.is_odd() and self.rng.random() < 0.5:
            body = self.flow(data, 0) + self._rest_of_line()
        else:
            body = self._mapping(data, 0)
            foot = self._between(0)
        foot += "\n"
        if self.rng.random() < 0.1:
            comment = self._comment_line(0) if self.chance("comment") else ""
            foot = f"\n...{self._rest_of_line()}\n{comment}"
        elif self.limit is None and self.rng.random() < 0.25:
            foot = foot[:-1]
        text = head + body + foot
        if self.habits.line_end != "\n":
            text = text.replace("\n", self.habits.line_end)
        return (b"\xef\xbb\xbf" if self.habits.mark else b"") + text.encode()

    def _head(self) -> str:
        head = self._comment_line(0) if self.chance("comment") else ""
        if self.rng.random() < 0.15:
            if not self.habits.mark and self.rng.random() < 0.3:
                head += "%YAML 1.2\n"
            head += f"---{self._rest_of_line()}\n"
        return head + (self._comment_line(0) if self.chance("comment") else "")

    # --------------------------------------------------------------------------------- chances

    def chance(self, habit: str) -> bool:
        likely: float = getattr(self.habits, habit)
        return self.rng.random() < likely

    def is_odd(self) -> bool:
        return self.chance("odd")

    def _comment(self) -> str:
        self.comments += 1
        return (
            f"# c{self.comments}{self.rng.choice((' ', chr(9), '. '))}{self.rng.choice(_REMARKS)}"
        )

    def _comment_line(self, column: int) -> str:
        return f"{' ' * column}{self._comment()}\n"

    def _rest_of_line(self, *, may_tab: bool = True) -> str:
        """What may follow on a line: blanks, a comment. No tab where a key may begin."""
        blanks = ("", "", "", " ", "\t", " \t ") if may_tab else ("", "", " ", "  ")
        if self.chance("comment"):
            return self.rng.choice([each or "  " for each in blanks]) + self._comment()
        return self.rng.choice(blanks) if self.habits.odd else ""

    def _between(self, column: int) -> str:
        """The end of a line, with comments and blank lines below it; no line end at its end."""
        lines: list[str] = []
        limit = self.limit
        if limit == 0:
            return ""
        if self.chance("blank"):
            lines += [""] * self.rng.choice((1, 1, 1, 2))
            if limit is None and self.is_odd():
                lines[-1] = " " * self.rng.randint(1, 6)
        while self.chance("comment") and self.rng.random() < 0.6:
            at = self.rng.choice((column, column, column + 2, column + 4, 0, max(column - 2, 0)))
            at = at if limit is None else min(at, limit - 1)
            lines.append(" " * at + self._comment())
            if self.chance("blank"):
                lines.append("")
        return "".join(f"\n{line}" for line in lines)

    # ------------------------------------------------------------------------------ block style

    def _mapping(self, data: dict[str, Data], column: int) -> str:
        """The pairs at that column, the first where the text stands now. No line end at its end."""
        parts = []
        for number, (key, value) in enumerate(data.items()):
            if number:
                parts.append(f"{self._between(column)}\n{' ' * column}")
            self.limit = None
            parts.append(self._pair(key, value, column))
        return "".join(parts)

    def _pair(self, key: str, value: Data, column: int) -> str:
        if self.is_odd() and self.rng.random() < 0.3:
            return f"? {self._key(key)}\n{' ' * column}:{self._value(value, column, ':')}"
        gap = " " if self.is_odd() else ""
        return f"{self._key(key)}{gap}:{self._value(value, column, 'key')}"

    def _key(self, key: str) -> str:
        if not self.is_odd():
            return key if _PLAIN.fullmatch(key) else json.dumps(key)
        return self.rng.choice((json.dumps(key), f"'{key}'"))

    def _list(self, items: list[Data], column: int) -> str:
        parts = []
        for number, item in enumerate(items):
            if number:
                parts.append(f"{self._between(column)}\n{' ' * column}")
            self.limit = None
            parts.append(f"-{self._item(item, column)}")
        return "".join(parts)

    def _item(self, item: Data, column: int) -> str:
        if not isinstance(item, dict | list) or not item or self.chance("flow"):
            return self._value(item, column, "-")
        name = self._name(item)
        if not name and (not self.is_odd() or self.rng.random() < 0.5):
            gap = self.rng.choice((1, 1, 1, 1, 2, 3)) if not self.habits.steady else 1
            return " " * gap + self._block(item, column + 1 + gap)
        inner = column + self.rng.randint(1, 5)
        between = self._rest_of_line(may_tab=False) + self._between(inner)
        return f"{name}{between}\n{' ' * inner}{self._block(item, inner)}"

    def _block(self, value: Data, column: int) -> str:
        if isinstance(value, dict):
            return self._mapping(value, column)
        return self._list(value, column)

    def _value(self, value: Data, column: int, after: str) -> str:
        """What follows a key, a lone colon or a dash of that column, space and lines included."""
        alias = self._alias(value)
        if alias is not None:
            return f" *{alias}{self._rest_of_line()}"
        if value is None:
            null = self.rng.choice(("", "", " ~", " null", " Null"))
            return null + self._rest_of_line(may_tab=after == "key")
        name = self._name(value)
        if isinstance(value, dict | list):
            if value and not self.chance("flow"):
                return f"{name}{self._below(value, column, after)}"
            flow = (
                self.flow(value, column)
                if not self._is_tight()
                else self.flow(value, column, False)
            )
            return f"{name} {flow}{self._rest_of_line()}"
        return f"{name}{self._text(value, column, after)}"

    def _is_tight(self) -> bool:
        return self.rng.random() < 0.5

    def _below(self, value: Data, column: int, after: str) -> str:
        """A list or mapping on the lines below its key or dash."""
        habits = self.habits
        if isinstance(value, list) and after == "key":
            inner = column + (habits.dash if habits.steady else self.rng.choice((0, 1, 2, 4)))
        else:
            inner = column + (habits.step if habits.steady else self.rng.choice((1, 2, 2, 4, 7)))
        between = self._rest_of_line(may_tab=after == "key") + self._between(inner)
        return f"{between}\n{' ' * inner}{self._block(value, inner)}"

    def _text(self, text: str, column: int, after: str) -> str:
        if self.is_odd() and self.rng.random() < 0.3:
            at = column + self.rng.randint(1, 4)
            start = f"{self._rest_of_line(may_tab=after == 'key')}\n{' ' * at}"
        else:
            start = self.rng.choice((" ", " ", " ", "  ", "   ")) if self.habits.odd else " "
        forms = [f for f in _FORMS if f.can(text)]
        is_special = is_bare(text) or not forms
        if is_special or not self.chance("quote"):
            form = forms[0] if forms else _DOUBLE
        else:
            form = self.rng.choice(forms)
        return form.write(self, text, column, start)

    # ------------------------------------------------------------------------------- flow style

    def flow(self, value: Data, column: int, is_wide: bool | None = None) -> str:
        """A value between brackets, or a scalar that may stand there."""
        if isinstance(value, dict | list):
            if is_wide is None:
                is_wide = self.rng.random() < 0.3
            parts = [self._flow_part(each, column) for each in _parts(value)]
            return self._brackets("{}" if isinstance(value, dict) else "[]", parts, column, is_wide)
        return "~" if value is None else self._flow_text(value)

    def _flow_part(self, part: Data, column: int) -> str:
        is_wide = None if self.is_odd() else False
        if not isinstance(part, tuple):
            alias = self._alias(part)
            return (
                self._name(part, "") + self.flow(part, column + 2, is_wide)
                if alias is None
                else f"*{alias}"
            )
        key, value = part
        shown = json.dumps(key) if self.is_odd() else self._key(key)
        if value is None:
            return f"{shown}: {self.rng.choice(('', '~', 'null'))}"
        alias = self._alias(value)
        written = (
            self._name(value, "") + self.flow(value, column + 2, is_wide)
            if alias is None
            else f"*{alias}"
        )
        space = "" if shown.startswith('"') and self.is_odd() else " "
        return f"{shown}:{space}{written}"

    def _brackets(self, signs: str, parts: list[str], column: int, is_wide: bool) -> str:
        opening, closing = signs[0], signs[1]
        if not parts:
            return self.rng.choice((signs, f"{opening} {closing}")) if self.habits.odd else signs
        if not is_wide:
            pad = " " if self.is_odd() else ""
            comma = "," if self.is_odd() else ""
            return opening + pad + ", ".join(parts) + comma + pad + closing
        inner = column + self.rng.choice((1, 2, 4))
        text = opening + self._break(inner)
        for number, part in enumerate(parts):
            is_last = number == len(parts) - 1
            if self.is_odd() and not is_last:
                text += f"{part}{self._flow_comment()}\n{' ' * inner}, "
                continue
            comma = "" if is_last and self.rng.random() < 0.5 else ","
            text += part + comma
            if is_last or self.rng.random() < 0.8:
                text += self._break(column if is_last and self.rng.random() < 0.3 else inner)
            else:
                text += " "
        return text + closing

    def _break(self, column: int) -> str:
        text = self._flow_comment() + "\n"
        if self.chance("comment") and self.rng.random() < 0.3:
            text += self._comment_line(column)
        if self.chance("blank") and self.rng.random() < 0.2:
            text += "\n"
        return text + " " * column

    def _flow_comment(self) -> str:
        return f" {self._comment()}" if self.chance("comment") else ""

    def _flow_text(self, text: str) -> str:
        forms = [f for f in _FORMS if f.in_flow and f.can(text)]
        if is_bare(text) or not forms or not self.chance("quote"):
            form = forms[0] if forms else _DOUBLE
            if form is _PLAIN_FORM and not _FLOW_PLAIN.fullmatch(text):
                form = _DOUBLE
        else:
            form = self.rng.choice([f for f in forms if f is not _PLAIN_FORM] or [_DOUBLE])
        return form.write(self, text, 0)

    # ---------------------------------------------------------------------------------- names

    def _alias(self, value: Data) -> str | None:
        if value is None or value in ({}, []) or not self.chance("name"):
            return None
        return self.named.get(json.dumps(value))

    def _name(self, value: Data, before: str = " ") -> str:
        """An anchor or a tag for what follows, or nothing."""
        after = "" if before else " "
        if self.chance("name") and value not in (None, {}, []):
            self.names += 1
            name = f"n{self.names}"
            self.named[json.dumps(value)] = name
            return f"{before}&{name}{after}"
        if self.is_odd() and self.rng.random() < 0.3:
            kind = "map" if isinstance(value, dict) else "seq" if isinstance(value, list) else "str"
            if value is not None and (kind != "str" or not is_bare(value)):
                return f"{before}!!{kind}{after}"
        return ""


def _parts(value: Data) -> list[Data]:
    return list(value.items()) if isinstance(value, dict) else value


# --------------------------------------------------------------------------------------- scalars

_PLAIN = re.compile(r"(?:\w|[-+.][\w.])(?:[\w.+/~%-]|[ ](?=\S))*")
_FLOW_PLAIN = re.compile(r"(?:\w|[-+.][\w.])(?:[\w.+/~%'\"-]|[ ](?=[^\s#]))*")
_BLOCK_PLAIN = re.compile(
    r"(?:\w|[-+.][\w.])(?:[\w.+/~%,'\"(){}\[\]&*!-]|[#](?<! #)|[ ](?=[^\s#:]))*"
)
_BARE = re.compile(
    r"true|false|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0x[0-9a-fA-F]+|0o[0-7]+",
    re.ASCII,
)
_NOT_TEXT = {"null", "~", "true", "false", ".inf", "-.inf", "+.inf", ".nan", "..."}


def is_bare(text: str) -> bool:
    """Whether a text has to be written plain: it may stand where a number or a boolean has to."""
    return bool(_BARE.fullmatch(text))


class _Form:
    """A way to write a scalar: between brackets where ``start``, what stands before it, is None."""

    in_flow = True

    def can(self, text: str) -> bool:
        raise NotImplementedError

    def write(self, hand: Hand, text: str, column: int, start: str | None = None) -> str:
        raise NotImplementedError


class _Plain(_Form):
    def can(self, text: str) -> bool:
        return is_bare(text) or bool(
            _BLOCK_PLAIN.fullmatch(text) and text.lower() not in _NOT_TEXT and text.isprintable()
        )

    def write(self, hand: Hand, text: str, column: int, start: str | None = None) -> str:
        if start is None:
            return text
        lines = [text]
        if not is_bare(text) and hand.is_odd():
            lines = _broken(hand, text, lambda word: word[0] not in "#&*!|>%@`\"'-?[]{},:")
        return start + _joined(lines, column + hand.rng.randint(1, 6)) + hand._rest_of_line()


class _Single(_Form):
    def can(self, text: str) -> bool:
        return text.isprintable()

    def write(self, hand: Hand, text: str, column: int, start: str | None = None) -> str:
        quoted = text.replace("'", "''")
        lines = (
            _broken(hand, quoted, lambda word: True)
            if hand.is_odd() and start is not None
            else [quoted]
        )
        written = f"'{_joined(lines, column + 3)}'"
        return written if start is None else f"{start}{written}{hand._rest_of_line()}"


class _Double(_Form):
    def can(self, text: str) -> bool:
        return True

    def write(self, hand: Hand, text: str, column: int, start: str | None = None) -> str:
        quoted = "".join(map(_escaped, text))
        lines = [quoted]
        if hand.is_odd() and start is not None:
            lines = _broken(hand, quoted, lambda word: True)
        if hand.is_odd() and start is not None and len(lines) == 1 and len(text) > 4:
            at = hand.rng.randrange(1, len(text))
            before, after = ("".join(map(_escaped, part)) for part in (text[:at], text[at:]))
            lines = [before + "\\", ("\\" if after.startswith(" ") else "") + after]
        written = f'"{_joined(lines, column + 3)}"'
        return written if start is None else f"{start}{written}{hand._rest_of_line()}"


class _Literal(_Form):
    in_flow = False

    def can(self, text: str) -> bool:
        lines = text.split("\n")
        return bool(text.strip("\n \t")) and all(x.replace("\t", "").isprintable() for x in lines)

    def write(self, hand: Hand, text: str, column: int, start: str | None = None) -> str:
        deep = hand.rng.choice((1, 2, 2, 4))
        body = text.rstrip("\n")
        ends = len(text) - len(body)
        chomp = "-" if ends == 0 else hand.rng.choice(("", "+")) if ends == 1 else "+"
        must_tell = body[0] in " \n\t" or any(
            not line.strip(" ") and line for line in body.split("\n")
        )
        digit = str(deep) if must_tell or hand.is_odd() else ""
        head = f" |{digit}{chomp}" if hand.rng.random() < 0.5 else f" |{chomp}{digit}"
        lines = [" " * (column + deep) + line if line else "" for line in body.split("\n")]
        lines += [""] * (ends - 1)
        hand_comment = hand._rest_of_line()
        hand.limit = 0 if chomp == "+" else column + 1
        return head + hand_comment + "".join(f"\n{line}" for line in lines)


class _Folded(_Form):
    in_flow = False

    def can(self, text: str) -> bool:
        paragraphs = text.rstrip("\n").split("\n\n" if False else "\n")
        return text.count("\n", len(text.rstrip("\n"))) < 2 and all(
            x.isprintable() and x.strip() and x[0] not in " \t" for x in paragraphs
        )

    def write(self, hand: Hand, text: str, column: int, start: str | None = None) -> str:
        deep = hand.rng.choice((1, 2, 2, 4))
        body = text.rstrip("\n")
        chomp = "-" if len(body) == len(text) else ""
        lines = []
        for number, paragraph in enumerate(body.split("\n")):
            lines += [""] if number else []
            lines += _broken(hand, paragraph, lambda word: True)
        hand_comment = hand._rest_of_line()
        hand.limit = column + 1
        return f" >{chomp}{hand_comment}" + "".join(
            f"\n{' ' * (column + deep)}{x}" if x else "\n" for x in lines
        )


_PLAIN_FORM, _DOUBLE = _Plain(), _Double()
_FORMS: tuple[_Form, ...] = (_PLAIN_FORM, _DOUBLE, _Single(), _Literal(), _Folded())


def _broken(hand: Hand, text: str, may_begin: Any) -> list[str]:
    """A text in lines, parted at single spaces."""
    lines = [""]
    for number, word in enumerate(re.split("(?<=[^ ]) (?=[^ ])", text)):
        if number and hand.rng.random() < 0.3 and may_begin(word):
            lines.append(word)
        else:
            lines[-1] += f" {word}" if number else word
    return lines


def _joined(lines: list[str], column: int) -> str:
    return f"\n{' ' * column}".join(lines)


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return "\\" + sign
    if sign == "\n":
        return "\\n"
    return sign if sign.isprintable() else f"\\U{ord(sign):08x}"


# ------------------------------------------------------------------------------ whole registers

_NULLABLE = ("tags", "about", "relations", "verdicts", "note", "kind", "when")
_EMPTY_LISTS = ("tags", "about", "relations", "verdicts", "evidence")


def written_by_hand(rng: Random, register: dict[str, Data]) -> Files:
    """The register in one to three files, each in a hand of its own."""
    register = _with_oddities(rng, register)
    files = _parted(rng, register)
    return {
        name: Hand(rng, Habits.drawn(rng)).file(_shuffled(rng, data))
        for name, data in files.items()
    }


def _with_oddities(rng: Random, register: dict[str, Data]) -> dict[str, Data]:
    """The same with texts that are hard to write, and with keys that hold nothing."""
    register = json.loads(json.dumps(register))
    for claim in register["claims"]:
        if not isinstance(claim, dict):
            continue
        if rng.random() < 0.2:
            claim["note"] = rng.choice(NASTY)
        for part in [*claim.get("evidence", []), *claim.get("relations", [])]:
            if isinstance(part, dict) and rng.random() < 0.1:
                part["note" if "source" in part else "why"] = rng.choice(NASTY)
        for key in _NULLABLE:
            if key not in claim and rng.random() < 0.03:
                claim[key] = None
        for key in _EMPTY_LISTS:
            if key not in claim and rng.random() < 0.03:
                claim[key] = []
    return register


def _parted(rng: Random, register: dict[str, Data]) -> dict[str, dict[str, Data]]:
    names = [MAIN, "more/a.yaml", "more/deep/b.yaml"][: rng.choice((1, 1, 2, 3))]
    files: dict[str, dict[str, Data]] = {name: {} for name in names}
    for section, entries in register.items():
        if not isinstance(entries, dict | list):
            files[MAIN][section] = entries
            continue
        cuts = sorted(rng.choices(range(len(entries) + 1), k=len(names) - 1))
        for name, start, end in zip(names, [0, *cuts], [*cuts, len(entries)], strict=True):
            part = (
                dict(list(entries.items())[start:end])
                if isinstance(entries, dict)
                else entries[start:end]
            )
            if part or rng.random() < 0.2:
                files[name][section] = part or rng.choice((None, part))
    if len(names) > 1:
        files[MAIN]["include"] = [rng.choice(("more/a.yaml", "more/*.yaml"))]
    if len(names) > 2:
        files["more/a.yaml"]["include"] = ["deep/b.yaml"]
    for name in names[1:]:
        if not files[name]:
            files[name]["title"] = "nothing here"
    return files


def _shuffled(rng: Random, data: Data, *, is_root: bool = True) -> Data:
    """The same with its keys in another order; entries keep theirs."""
    if isinstance(data, list):
        return [_shuffled(rng, each, is_root=False) for each in data]
    if not isinstance(data, dict):
        return data
    keys = list(data)
    if rng.random() < (0.3 if is_root else 0.15):
        rng.shuffle(keys)
    return {key: _shuffled(rng, data[key], is_root=False) for key in keys}
