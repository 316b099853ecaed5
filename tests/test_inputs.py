"""Reading takes nothing through a link, and reports what it cannot read."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path

import pytest
from conftest import put
from samples import Inputs, inputs_in

from builder import inputs
from builder.inputs import StoreError, is_article, is_text, opened, read_static
from builder.written import Texts


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    put(
        root,
        {
            "site.yaml": "title: T\n",
            "seeds/b.txt": "B",
            "seeds/a.txt": "A",
            "content/talks/briefing.md": "---\n---\n",
            "content/talks/sources.yaml": "s",
            "content/talks/timeline.yaml": "t",
            "content/talks/claims/02.yaml": "2",
            "content/talks/claims/01.yaml": "1",
            "content/a-trip/claims.yaml": "c",
        },
    )
    return root


def faults(root: Path) -> list[tuple[str, str]]:
    return [(fault.code, fault.place.file) for fault in inputs_in(root).diagnostics]


def test_all_inputs_are_read_in_the_order_of_their_names(site: Path) -> None:
    checked = inputs_in(site)
    assert checked.diagnostics == ()
    assert checked.value.site == b"title: T\n"
    assert list(checked.value.articles.items()) == [("a.txt", b"A"), ("b.txt", b"B")]
    assert checked.value.briefings == (
        Texts("a-trip", {"content/a-trip/claims.yaml": b"c"}),
        Texts(
            "talks",
            {
                "content/talks/briefing.md": b"---\n---\n",
                "content/talks/sources.yaml": b"s",
                "content/talks/timeline.yaml": b"t",
                "content/talks/claims/01.yaml": b"1",
                "content/talks/claims/02.yaml": b"2",
            },
        ),
    )
    assert list(checked.value.briefings[1].files)[-2:] == [f"content/talks/claims/0{n}.yaml" for n in (1, 2)]


def test_a_site_may_be_empty_but_for_its_yaml(tmp_path: Path) -> None:
    assert faults(tmp_path) == [("file-missing", "site.yaml")]
    put(tmp_path, {"site.yaml": ""})
    assert faults(tmp_path) == []
    assert inputs_in(tmp_path).value == Inputs(b"", (), {})


def test_a_root_that_is_none_is_a_store_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No such file"):
        inputs_in(tmp_path / "none")


def test_other_files_are_ignored(site: Path) -> None:
    before = inputs_in(site)
    put(
        site,
        {
            "content/README.md": "",
            "content/.hidden/briefing.md": "",
            "content/talks/notes.txt": "",
            "content/talks/sources.yaml~": "",
            "content/talks/claims/.01.yaml.swp": "",
            "content/talks/claims/#01.yaml#": "",
            "seeds/.hidden.txt": "",
            "seeds/a.txt.orig": "",
            "seeds/readme.md": "",
        },
    )
    (site / "content/talks/claims/.#01.yaml").symlink_to("me@host.1234:5678")  # an Emacs lock
    assert inputs_in(site) == before


LINKS = [
    "site.yaml",
    "content",
    "seeds",
    "content/talks",
    "content/talks/claims",
    "content/talks/sources.yaml",
    "content/talks/claims/01.yaml",
    "seeds/a.txt",
]


@pytest.mark.parametrize("name", LINKS)
def test_a_symbolic_link_is_reported_and_not_followed(site: Path, tmp_path: Path, name: str) -> None:
    moved = tmp_path / "elsewhere"
    (site / name).rename(moved)
    (site / name).symlink_to(moved)
    checked = inputs_in(site)
    assert [(fault.code, fault.place.file) for fault in checked.diagnostics] == [("symlink", name)]
    outside = moved.read_bytes() if moved.is_file() else None
    read = [*checked.value.articles.values(), *(d for b in checked.value.briefings for d in b.files.values())]
    assert outside not in read
    if name.startswith("content/talks"):
        assert [briefing.name for briefing in checked.value.briefings] == ["a-trip"]


@pytest.mark.parametrize("target", ["nowhere", "/dev/zero", "."])
def test_links_to_nothing_to_devices_and_to_themselves_are_links(site: Path, target: str) -> None:
    for name in ("seeds/c.txt", "content/talks/claims/03.yaml", "content/circle"):
        (site / name).symlink_to(target)
    assert faults(site) == [
        ("symlink", "content/circle"),
        ("symlink", "content/talks/claims/03.yaml"),
        ("symlink", "seeds/c.txt"),
    ]


def test_what_is_no_ordinary_file_is_reported_and_does_not_hang(site: Path) -> None:
    os.mkfifo(site / "seeds/c.txt")
    (site / "seeds/d.txt").mkdir()
    (site / "content/talks/briefing.md").unlink()
    os.mkfifo(site / "content/talks/briefing.md")
    shutil.rmtree(site / "content/talks/claims")
    put(site, {"content/talks/claims": ""})
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(site / "seeds/e.txt"))
    assert faults(site) == [
        ("not-a-file", "content/talks/briefing.md"),
        ("not-a-folder", "content/talks/claims"),
        ("not-a-file", "seeds/c.txt"),
        ("not-a-file", "seeds/d.txt"),
        ("not-a-file", "seeds/e.txt"),
    ]


@pytest.mark.parametrize("name", ["Talks", "static", "data", "a b", "ä", "x" * 65, "-a", "evil\x1b[2J"])
def test_a_folder_that_cannot_be_a_briefing_is_reported(site: Path, name: str) -> None:
    (site / "content" / name).mkdir()
    (fault,) = inputs_in(site).diagnostics
    assert fault.code == "briefing-name"
    assert "\x1b" not in fault.message + fault.place.file
    assert len(inputs_in(site).value.briefings) == 2


@pytest.mark.parametrize("name", [b"\xff.txt", b"a\x1b[2J.txt", b"a\nb.txt", "a\u202eb.txt".encode()])
def test_names_that_cannot_be_shown_are_reported(site: Path, name: bytes) -> None:
    try:
        with open(os.fsencode(site / "seeds") + b"/" + name, "wb"):  # noqa: PTH123  (bytes)
            pass
    except OSError:
        pytest.skip("this file system takes no such name")
    ((code, file),) = faults(site)
    assert code == "file-name"
    assert file.startswith("seeds/")
    file.encode()
    assert file.isprintable()


def test_a_file_may_have_1_mib_and_no_byte_more(site: Path) -> None:
    put(site, {"seeds/a.txt": b"x" * inputs.MAX_BYTES})
    assert faults(site) == []
    put(site, {"seeds/a.txt": b"x" * (inputs.MAX_BYTES + 1), "content/talks/sources.yaml": b"x" * 2**21})
    assert faults(site) == [("file-size", "content/talks/sources.yaml"), ("file-size", "seeds/a.txt")]


def test_what_may_not_be_read_is_reported(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def refuse(path: str, flags: int, dir_fd: int | None = None) -> int:
        if path in ("a.txt", "talks"):
            raise PermissionError(13, "Permission denied", path)
        return real(path, flags, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", refuse)
    assert faults(site) == [("unreadable", "content/talks"), ("unreadable", "seeds/a.txt")]


def test_nothing_outside_is_read_when_a_folder_is_swapped_for_a_link(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "secret", {"sources.yaml": "secret", "briefing.md": "secret"})
    real = os.open

    def swap(path: str, flags: int, dir_fd: int | None = None) -> int:
        talks = site / "content/talks"
        if path == "briefing.md" and dir_fd and os.path.samestat(os.fstat(dir_fd), talks.stat()):
            talks.rename(tmp_path / "moved")
            talks.symlink_to(tmp_path / "secret")
        return real(path, flags, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", swap)
    talks = inputs_in(site).value.briefings[1]
    assert talks.files["content/talks/sources.yaml"] == b"s"


# ---- one by one ---------------------------------------------------------------------------------------------------


def test_an_article_is_read_when_it_is_asked_for_and_once(site: Path) -> None:
    with opened(site) as reader:
        articles = reader.articles()
        assert (list(articles), len(articles), articles.read) == (["a.txt", "b.txt"], 2, {})
        assert articles["a.txt"] == b"A"
        put(site, {"seeds/a.txt": "changed meanwhile"})
        assert articles["a.txt"] == b"A"
        assert articles.get("none.txt") is None
        assert articles.read == {"a.txt": b"A", "none.txt": None}
        assert reader.diagnostics == []


@pytest.mark.parametrize("name", ["../site.yaml", "../secret.txt", ".hidden.txt", "readme.md", "", ".", "..", "a"])
def test_nothing_but_articles_can_be_asked_for(site: Path, name: str) -> None:
    put(site, {"secret.txt": "secret", "seeds/.hidden.txt": "h", "seeds/readme.md": "r", "seeds/a": "a"})
    with opened(site) as reader:
        assert reader.articles().get(name) is None
        assert reader.diagnostics == []


def test_a_fault_of_an_article_is_noted_once(site: Path) -> None:
    (site / "seeds/c.txt").symlink_to("a.txt")
    with opened(site) as reader:
        articles = reader.articles()
        assert articles.get("c.txt") is articles.get("c.txt") is None
        assert [fault.code for fault in reader.diagnostics] == ["symlink"]


def test_half_a_briefing_is_none_and_hides_no_other(site: Path) -> None:
    (site / "content/talks/sources.yaml").unlink()
    (site / "content/talks/sources.yaml").mkdir()
    with opened(site) as reader:
        assert reader.briefing("talks") is None
        assert reader.briefing("a-trip") == Texts("a-trip", {"content/a-trip/claims.yaml": b"c"})
        assert [fault.place.file for fault in reader.diagnostics] == ["content/talks/sources.yaml"]


def test_a_briefing_that_is_gone_has_no_files(site: Path) -> None:
    with opened(site) as reader:
        assert reader.briefing("gone") == Texts("gone", {})
        assert reader.diagnostics == []


def test_the_files_of_a_briefing_are_told_by_their_names(site: Path) -> None:
    others = ["notes.txt", "sources.yaml~", "claims/.01.yaml", "claims/01.yml", "more/01.yaml", "claims/a/01.yaml"]
    put(site, {f"content/talks/{name}": "" for name in others})
    every = {path.relative_to(site / "content/talks").as_posix() for path in (site / "content/talks").rglob("*")}
    with opened(site) as reader:
        texts = reader.briefing("talks")
    assert texts
    assert {path for path in every if is_text(path)} == {path.removeprefix("content/talks/") for path in texts.files}
    assert {path for path in every if is_text(path)}.isdisjoint(others)


@pytest.mark.parametrize(
    ("name", "article"), [("a.txt", True), ("北京 report. no-1.txt", True), (".a.txt", False), ("a.txt~", False)]
)
def test_articles_are_told_by_their_names(name: str, article: bool) -> None:
    assert is_article(name) is article


def test_static_files_are_read_by_their_paths(tmp_path: Path) -> None:
    put(tmp_path, {"css/a.css": "a", "js/b.js": "b", "icon.svg": "i", "css/notes.txt": "", "style.css": ""})
    put(tmp_path, {"img/Big.PNG": "", ".x.css": "", "img/2/3/4/deep.png": "", "img/2/map.png": "m"})
    assert read_static(tmp_path) == {"css/a.css": b"a", "js/b.js": b"b", "icon.svg": b"i", "img/2/map.png": b"m"}
    (tmp_path / "js/c.js").symlink_to("b.js")
    with pytest.raises(StoreError, match=r"js/c\.js is a symbolic link"):
        read_static(tmp_path)
    with pytest.raises(StoreError, match="none"):
        read_static(tmp_path / "none")
