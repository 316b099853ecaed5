"""Link previews as pictures: SVG becomes PNG, with fonts of our own alone, so that the bytes are the same everywhere.

A picture that was made before of the same SVG, with the same fonts, is taken from the output as it stands there.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.util import find_spec
from pathlib import Path

from builder import jobs
from builder.diagnostics import printable
from builder.drawing.cards import Fonts
from builder.drawing.faces import Face, NoFont, Type, face_of
from builder.inputs import StoreError
from builder.jinja import Templates
from builder.output import digest_of
from builder.overlay import FONTS, FONTS_FOLDER
from builder.pages.cards import Card
from builder.pages.picture import WIDTH
from builder.render import card_svg
from builder.routes import OutputFile
from builder.unchanged import shown

Painted = Mapping[str, Sequence[str]]
"""Of each picture by its path: its proof, equal where it would come out the same, and its SHA-256."""

_SERIF = ("fontpkg_source_serif_4", "files/SourceSerif4[opsz,wght].ttf")
_SANS = ("fontpkg_source_sans_3", "files/SourceSans3[wght].ttf")
_ARABIC = ("fontpkg_noto_sans_arabic", "files/NotoSansArabic[wdth,wght].ttf")
"""For letters that the first two have not."""


@dataclass(frozen=True, eq=False)
class Painter:
    """Draws with certain fonts."""

    fonts: Fonts
    files: tuple[str, ...]
    proof: str
    """Tells fonts and drawing program from others."""

    def paint(self, svg: str) -> bytes:
        """A PNG of the size that pages state. Raises ValueError where it cannot be drawn."""
        from resvg_py import svg_to_bytes

        return svg_to_bytes(svg_string=svg, width=WIDTH, skip_system_fonts=True, font_files=list(self.files))

    def proof_of(self, svg: str) -> str:
        """Equal where the picture would be."""
        return hashlib.sha256(f"{self.proof} {WIDTH} {svg}".encode()).hexdigest()


def painter(templates: Sequence[Path]) -> Painter:
    """What draws for a site with these folders of templates. Raises StoreError where a font of its own is none."""
    own = [path for folder in templates for path in _fonts_in(folder / FONTS_FOLDER)]
    return _painter(tuple((str(path), path.stat().st_mtime_ns) for path in own))


def _fonts_in(folder: Path) -> list[Path]:
    if folder.is_symlink() or not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in FONTS)


@lru_cache(maxsize=1)
def _painter(own: tuple[tuple[str, int], ...]) -> Painter:
    from resvg_py import __version__

    serif, sans, *others = (_installed(*font) for font in (_SERIF, _SANS, _ARABIC))
    files = (serif, sans, *others, *(path for path, _ in own))
    faces = {path: _face(path) for path in files}
    after = tuple(faces[path] for path in files[2:])
    proof = " ".join([__version__, *(digest_of(face.data) for face in faces.values())])
    fonts = Fonts(
        Type((faces[serif], faces[sans], *after)),
        Type((faces[sans], faces[serif], *after)),
    )
    return Painter(fonts, files, proof)


def _installed(package: str, file: str) -> str:
    """Where a file of an installed package stands."""
    found = find_spec(package)
    assert found
    assert found.origin
    return str(Path(found.origin).parent / file)


def _face(path: str) -> Face:
    name = f"templates/{FONTS_FOLDER}{printable(Path(path).name)}"
    try:
        return face_of(Path(path).read_bytes())
    except OSError as error:
        raise StoreError(f"{name} cannot be read: {error.strerror}. Nothing was written.") from error
    except NoFont as error:
        raise StoreError(f"{name} is no font that can be used: {error}. Nothing was written.") from error


Wait = Callable[[], list[tuple[OutputFile, str]]]
"""Waits for pictures: each with its proof."""


@contextmanager
def underway(
    cards: Sequence[Card], templates: Templates, painter: Painter, output: Path, before: Painted, hands: int = 1
) -> Iterator[Wait]:
    """Have the pictures drawn while this process does something else; of those that were made `before`, the file in
    the output is taken, if it is intact.

    At most `hands` processes draw the others; one alone is this one, which draws when it waits. Raises
    jinja2.TemplateError where a template is at fault, StoreError where what it makes is no picture, or such a process
    is ended.
    """
    drawn = {card.path: card_svg(card.template, card.view, templates) for card in cards}
    proofs = {path: painter.proof_of(svg) for path, svg in drawn.items()}
    found: dict[str, bytes] = {}
    for path, proof in proofs.items():
        known, digest = before.get(path, ("", ""))
        data = _kept(output / path, digest) if known == proof else None
        if data is not None:
            found[path] = data
    files = {card.path: templates.get_template(card.template).filename or card.template for card in cards}
    wanted = [(path, svg, files[path]) for path, svg in drawn.items() if path not in found]
    # Each process has its share at once: nobody hands over more while this one is busy.
    number = jobs.processes(len(wanted), hands)
    shares = [wanted[first::number] for first in range(number)]
    with jobs.meanwhile(partial(_painted, painter), shares, number, _called) as coming:

        def wait() -> list[tuple[OutputFile, str]]:
            for share in coming:
                found.update(share)
            return [(OutputFile(path, found[path]), proof) for path, proof in proofs.items()]

        yield wait


def painted(
    cards: Sequence[Card], templates: Templates, painter: Painter, output: Path, before: Painted, hands: int = 1
) -> list[tuple[OutputFile, str]]:
    """The pictures, each with its proof, as they are drawn `underway`."""
    with underway(cards, templates, painter, output, before, hands) as wait:
        return wait()


_Share = Sequence[tuple[str, str, str]]
"""Paths of pictures, each with its SVG and the file of its template."""


def _painted(painter: Painter, share: _Share) -> list[tuple[str, bytes]]:
    found = []
    for path, svg, file in share:
        try:
            found.append((path, painter.paint(svg)))
        except ValueError as error:
            raise StoreError(f"{printable(shown(file))}:1: {no_picture(error)}. Nothing was written.") from error
        except Exception as error:
            error.add_note(path)
            raise
    return found


def no_picture(error: ValueError) -> str:
    """What `Painter.paint` raises of an SVG that it cannot draw, in words."""
    return f"this draws no picture: {printable(str(error))}"


def _called(share: _Share) -> str:
    return f"pictures from {share[0][0]} on"


def _kept(path: Path, digest: str) -> bytes | None:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            data = file.read()
    except OSError:
        return None
    return data if digest_of(data) == digest else None


def noted(pictures: Iterable[tuple[OutputFile, str]]) -> Painted:
    """What has to be remembered of pictures."""
    return {file.path: (proof, digest_of(file.data)) for file, proof in pictures}
