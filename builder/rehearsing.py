"""Making some briefings in memory before anybody edits them: what `serve` does while nobody waits."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from builder.facts import Memory, file_of
from builder.inputs import opened
from builder.jobs import unhurried
from builder.publish import Order
from builder.scan import Scan, shared_stamps, templates_of
from builder.survey import BRIEFING, CARD, Past, present


def rehearse(order: Order, names: Iterable[str]) -> None:
    """Make the pages of some briefings, and the digest's, in memory: a build of these soon after is the quicker.

    Nothing is written, and nothing told: where anything is at fault, or a briefing is none, it is passed over.
    """
    try:
        with unhurried():
            _rehearse(order, names)
    except Exception:  # noqa: BLE001  (whatever it is, the next build tells it)
        pass


def _rehearse(order: Order, names: Iterable[str]) -> None:
    from builder import digesting, templating, workshop
    from builder.build import check_site

    output, templates = order.output.resolve(), templates_of(str(order.root))
    memory = Memory(file_of(str(output), str(order.state), "facts"), only_read=True)
    try:
        with opened(order.root) as reader:
            site, every = check_site(reader.site(), order.options).value, reader.names()
        if site is None:
            return
        scan = Scan(str(order.root), templates, str(output))
        shared = present(Past(), scan, (), order.root, templates, order.options).shared
        version = templating.version_of(shared)
        shop = workshop.Workshop(order.root, output, site, order.options, tuple(map(Path, templates)), version)
        templating.load(shop.environment(), shared, memory)
        for name in sorted({*names} & {*every})[: workshop.MOST]:
            shop.rehearse(name)
        kept = workshop.all_kept(memory.all(BRIEFING))
        if kept.keys() == set(every):
            digesting.make_digest(shop, kept, lambda name: memory.get(CARD, name) or b"null")
        if shared_stamps(str(order.root), templates)[1] != scan.templates:
            templating.forget_templates()
    finally:
        memory.close()
