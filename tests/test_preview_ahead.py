"""Where a build takes long, what somebody looks at is made and shown first; a newer save ends a build that is old."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from conftest import put
from samples import ROOT, SMALL

from builder.commands.serve import FEW, _shown_ahead
from builder.freshness import Options
from builder.output import staging_of
from builder.preview.outcome import Superseded
from builder.preview.served import Served
from builder.publish import Order, publish
from builder.workshop import Made

MANY = 6
NAMES = [f"case-{number}" for number in range(MANY)]
LOOKED_AT = "case-4"


@pytest.fixture
def order(tmp_path: Path) -> Order:
    """A site of some briefings, built once."""
    for name in NAMES:
        put(tmp_path, {path.replace("case", name): data for path, data in SMALL.items()})
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    served = Served(tmp_path / ".variorum/preview")
    order = Order(
        tmp_path, served.folder, tmp_path / ".variorum", Options("http://localhost/"), replacing=served.replaced
    )
    assert publish(order).written
    return order


@dataclass
class Looking:
    """Somebody who looks at one briefing, and notes what can be seen when it is shown ahead."""

    served: Served
    until: int = 99
    """After so many briefings something changes."""
    made: list[str] = field(default_factory=list)
    seen: dict[str, bool] = field(default_factory=dict)
    lost: bool | None = None
    """Whether there was nothing to be seen any more of what they look at, when it was taken back."""

    def looked_at(self) -> Collection[str]:
        return {LOOKED_AT, "gone"}

    def ahead(self, name: str) -> None:
        self.served.show_ahead(name, staging_of(self.served.folder) / "new")
        self.seen = {name: self.is_new(name) for name in NAMES}

    def unstaged(self) -> None:
        self.lost = self.served.find(f"{LOOKED_AT}/timeline.html").lost
        self.served.give_up()

    def is_new(self, name: str) -> bool:
        return b"<h1>New</h1>" in self.served.find(f"{name}/timeline.html").data

    def superseded(self) -> bool:
        return len(self.made) >= self.until

    def progress(self, all_made: Iterator[Made], many: int) -> Iterator[Made]:
        for made in _shown_ahead(self, all_made, many):
            self.made.append(made.name)
            yield made


def changed(order: Order) -> None:
    template = order.root / "templates/timeline.html"
    template.write_text(
        template.read_text().replace('<h1>{{ gettext("What happened, and who could know it") }}</h1>', "<h1>New</h1>")
    )


def watched(order: Order, looking: Looking) -> Order:
    order = replace(order, replacing=looking.served.replaced, unstaged=looking.unstaged)
    return replace(order, first=looking.looked_at, progress=looking.progress)


def test_what_somebody_looks_at_is_shown_whole_before_the_rest_is_made(order: Order) -> None:
    looking = Looking(Served(order.output))
    changed(order)
    assert publish(watched(order, looking)).written
    assert looking.made[0] == LOOKED_AT
    assert sorted(looking.made) == NAMES
    assert looking.seen == {name: name == LOOKED_AT for name in NAMES}
    assert all(looking.is_new(name) for name in NAMES)


def test_it_is_taken_back_where_the_rest_is_at_fault(order: Order) -> None:
    looking = Looking(Served(order.output))
    changed(order)
    put(order.root, {"content/case-5/claims.yaml": "met: {claim: x}\n"})
    assert publish(watched(order, looking)).refused
    assert looking.seen[LOOKED_AT]
    assert looking.lost is False
    assert not any(looking.is_new(name) for name in NAMES)


def test_a_build_that_is_superseded_leaves_no_trace(order: Order) -> None:
    before = {path: path.read_bytes() for path in order.output.rglob("*") if path.is_file()}
    looking = Looking(Served(order.output), until=2)
    changed(order)
    with pytest.raises(Superseded):
        publish(watched(order, looking))
    assert looking.lost is False
    assert before == {path: path.read_bytes() for path in order.output.rglob("*") if path.is_file()}
    assert not staging_of(order.output).exists()
    again = Looking(Served(order.output))
    assert sorted(publish(watched(order, again)).stale.briefings) == NAMES
    assert all(again.is_new(name) for name in NAMES)


def test_few_briefings_are_not_shown_ahead(order: Order) -> None:
    looking = Looking(Served(order.output))
    for name in [LOOKED_AT, *NAMES[: FEW - 1]]:
        put(
            order.root,
            {f"content/{name}/claims.yaml": str(SMALL["content/case/claims.yaml"]).replace("Thursday.", "it.")},
        )
    assert publish(watched(order, looking)).written
    assert len(looking.made) == FEW
    assert looking.seen == {}
