"""All commands of the program, for tests that hold for each of them."""

from collections.abc import Iterator

import click

from builder.cli import main


def commands(group: click.Group = main, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """By the words that call them; groups too, each before what is in it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield before + name, command
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
