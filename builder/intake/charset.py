"""The characters of a web page: which encoding its bytes are in, in the order of the WHATWG, read strictly.

A browser guesses where nothing is stated and shows a replacement where bytes make no character. Here both would be
words that the article does not have, so neither is done.
"""

from __future__ import annotations

import codecs
import re

from builder.diagnostics import printable

PRESCAN = 1024
"""Bytes at the start of a page in which its <meta> may name the encoding."""

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"))
_META = re.compile(rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE | re.ASCII)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)

# What the web means by a label is often more than the label's own standard (encoding.spec.whatwg.org).
_MEANS = {
    **dict.fromkeys(("ascii", "us-ascii", "iso-8859-1", "iso8859-1", "latin1", "latin-1", "l1"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb18030"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "korean"), "cp949"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("iso-8859-11", "tis-620", "windows-874"), "cp874"),
    **dict.fromkeys(("utf8", "unicode-1-1-utf-8", "x-unicode20utf8"), "utf-8"),
    "utf-16": "utf-16-le",
}
_KNOWN = re.compile(r"utf-8|utf-16-[lb]e|cp\d+|gb18030|big5hkscs|iso8859-\d+|koi8-[ru]|euc_jp|iso2022_jp|mac-\w+")
"""Names of Python's for encodings of text; it has others that make text out of anything."""


class CharsetError(ValueError):
    """Why a page's bytes cannot be read as text, in one line."""


def decode_page(data: bytes, stated: str | None = None) -> str:
    """The text of a page, without its byte order mark; `stated` is what HTTP says. Raises CharsetError."""
    mark, name = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", ""))
    label = name or stated or _in_meta(data)
    encoding = _encoding(label) if label else "utf-8"
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        byte = f"byte 0x{data[len(mark) + error.start]:02x} at offset {len(mark) + error.start}"
        if label:
            raise CharsetError(f"The page says that it is in {printable(label)}, but {byte} is not.") from error
        raise CharsetError(f"The page does not say its encoding, and {byte} is not UTF-8. Save it as UTF-8.") from error


def _in_meta(data: bytes) -> str | None:
    found = _META.search(_COMMENT.sub(b"", data[:PRESCAN]))
    label = found[1].decode("ascii").lower() if found else None
    return "utf-8" if label and label.startswith("utf-16") else label  # it was read as ASCII just now


def _encoding(label: str) -> str:
    plain = label.strip().lower()
    try:
        name = codecs.lookup(_MEANS.get(plain, plain)).name
    except (LookupError, ValueError) as error:
        raise CharsetError(f"The page says that it is in {printable(label[:40])}, which is not known.") from error
    if not _KNOWN.fullmatch(name):
        raise CharsetError(f"The page says that it is in {printable(label[:40])}, which is no encoding of pages.")
    return name
