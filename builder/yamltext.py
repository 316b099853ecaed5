"""How a text is written in YAML, so that it reads back as itself and cannot harm a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from builder.diagnostics import printable
from builder.yamldoc import EDITORS_BREAK, Data, parse_yaml

STEP = 2
"""Spaces by which what belongs to a key is indented, where no neighbour shows another width."""
_MAX_KEY = 1000
"""YAML takes no key longer than 1024 characters, marks included."""
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def scalar(text: str, *, flow: bool = False) -> str:
    """`text` as a YAML scalar on one line: plain where that reads back as itself, else in double quotation marks.

    With `flow`, for inside brackets.
    """
    return text if _reads_plain(text, flow=flow) else quoted(text)


def quoted(text: str) -> str:
    """`text` in double quotation marks, with escapes for all that cannot be seen or could steer a terminal."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if printable(char) == char:
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _reads_plain(text: str, *, flow: bool) -> bool:
    """Whether the bare text reads back as itself in a list, as a value and as a key."""
    if not text or printable(text) != text or text == "-" or text.startswith(("---", "...", "%")):
        return False  # some of these depend on the place, or on the parser
    short = len(text) <= _MAX_KEY
    if flow:
        sample = f"[[{text}], {{k: {text}}}, {{k: {text}, l: m}}" + (f", {{{text}: v}}]" if short else "]")
        expected: list[Data] = [[text], {"k": text}, {"k": text, "l": "m"}]
    else:
        sample = f"- {text}\n- k: {text}\n" + (f"- {text}: v\n" if short else "")
        expected = [text, {"k": text}]
    read = parse_yaml("", sample)
    data = read.value.data() if read.value and not read.diagnostics else None
    return data == [*expected, *([{text: "v"}] if short else [])]


def flow(data: Data) -> str:
    """`data` on one line, with brackets."""
    if isinstance(data, str):
        return scalar(data, flow=True)
    if isinstance(data, list):
        return f"[{', '.join(map(flow, data))}]"
    return f"{{{flow_entries(data)}}}"


def flow_entries(data: Mapping[str, Data]) -> str:
    """The entries of a mapping on one line, without the brackets."""
    return ", ".join(f"{scalar(key, flow=True)}: {flow(value)}" for key, value in data.items())


def entries(data: Mapping[str, Data], indent: int = 0) -> str:
    """Lines of block-style YAML, ready to paste, for a mapping of text, lists and mappings; nothing for an empty one.

    `indent` is the number of spaces before each. Every line ends with a newline.
    """
    return "".join(f"{' ' * indent}{line}\n" for line in _lines_of(data))


def items(data: Sequence[Data], indent: int = 0) -> str:
    """As `entries`, for a list."""
    return "".join(f"{' ' * indent}{line}\n" for line in _lines_of(data))


def _lines_of(data: Mapping[str, Data] | Sequence[Data]) -> Iterator[str]:
    if isinstance(data, Mapping):
        for key, value in data.items():
            if isinstance(value, str) or not value:
                yield f"{scalar(key)}: {_short(value)}"
            else:
                yield f"{scalar(key)}:"
                yield from (" " * STEP + line for line in _lines_of(value))
        return
    for item in data:
        if isinstance(item, str) or not item:
            yield f"- {_short(item)}"
        else:
            first, *rest = _lines_of(item)
            yield f"- {first}"
            yield from (f"  {line}" for line in rest)


def _short(value: Data) -> str:
    return scalar(value) if isinstance(value, str) else "[]" if isinstance(value, list) else "{}"


# ---- in the place of another -----------------------------------------------------------------------------------

_HEADER = re.compile(r"[|>][+-]?(?P<comment>[ \t]+#.*|[ \t]*)")


def rewritten(raw: str, style: str, old: str, new: str, *, flow: bool) -> Iterator[str]:
    """Ways to write `new` in the place of `raw`, which reads as `old`, the likest first; none is sure to read back.

    `style` is how `raw` is written: nothing for plain, else the sign it starts with. `flow`: inside brackets.
    """
    if EDITORS_BREAK.search(raw) and (words := _word_by_word(raw, style, old, new)) is not None:
        yield words
    if style in ("|", ">") and (block := _as_block(raw, style, new)) is not None:
        yield block
    if style == "'" and printable(new) == new:
        yield "'" + new.replace("'", "''") + "'"
    yield (scalar(new, flow=flow) if style == "" else quoted(new)) + _header_comment(raw, style)
    yield quoted(new) + _header_comment(raw, style)


def _header_comment(raw: str, style: str) -> str:
    """The comment beside the sign of a block scalar, which would otherwise go with it."""
    header = _HEADER.fullmatch(EDITORS_BREAK.split(raw)[0]) if style in ("|", ">") else None
    return header["comment"].rstrip() if header else ""


def _word_by_word(raw: str, style: str, old: str, new: str) -> str | None:
    """`raw` with its line breaks, and only those words changed that differ; None where they do not go in pairs."""
    end = match.end() if style in ("|", ">") and (match := EDITORS_BREAK.search(raw)) else 0
    runs = re.split(r"(\s+)", raw[end:])
    inked = [index for index, run in enumerate(runs) if run and not run.isspace()]
    ours, theirs = old.split(), new.split()
    if not len(inked) == len(ours) == len(theirs):
        return None
    for index, was, is_ in zip(inked, ours, theirs, strict=True):
        if was != is_:
            one, other = _inside(was, style), _inside(is_, style)
            if one not in runs[index] or printable(is_) != is_:
                return None
            runs[index] = runs[index].replace(one, other, 1)
    return raw[:end] + "".join(runs)


def _inside(word: str, style: str) -> str:
    """A word as it stands between quotation marks of that style."""
    return quoted(word)[1:-1] if style == '"' else word.replace("'", "''") if style == "'" else word


def _as_block(raw: str, style: str, new: str) -> str | None:
    """`new` as a block scalar with the indentation of `raw`, or None where that could not be sure to read back."""
    header, *lines = EDITORS_BREAK.split(raw)
    match = _HEADER.fullmatch(header)
    first = next((line for line in lines if line.strip()), None)
    body = new.removesuffix("\n")
    if not match or first is None or not body or body != body.strip("\n") or body.startswith(" "):
        return None
    if any(printable(line) != line for line in body.split("\n")):
        return None
    indent = " " * (len(first) - len(first.lstrip(" ")))
    if style == ">":
        width = max(len(line) for line in lines) - len(indent)
        paragraphs = re.sub(r"\n+", lambda run: run[0] + "\n", body).split("\n")
        texts = [line for paragraph in paragraphs for line in _wrapped(paragraph, width)]
    else:
        texts = body.split("\n")
    kept = "" if new.endswith("\n") else "-"
    newline = EDITORS_BREAK.search(raw)
    return (newline[0] if newline else "\n").join(
        [style + kept + match["comment"], *(indent + text if text else "" for text in texts)]
    )


def _wrapped(paragraph: str, width: int) -> list[str]:
    """Lines of at most `width` code points where words allow; undivided where several spaces stand together."""
    words = paragraph.split(" ")
    if "" in words:
        return [paragraph]
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
