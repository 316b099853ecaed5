"""`python -m builder` is the same as `variorum`."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Answer at once where nothing changed since the last build; else understand the command and obey."""
    gc.disable()  # nothing that lives so shortly needs it
    from builder.unchanged import unchanged, words_of

    arguments = sys.argv[1:]
    if (answer := unchanged(arguments)) is not None:
        try:
            sys.stdout.write(f"{answer}\n")
            sys.stdout.flush()
            return
        except (OSError, UnicodeError):
            pass  # the command line knows what to say, and how
    gc.set_threshold(20_000, 10, 10)  # what is imported stays: no need to look through it hundreds of times
    gc.enable()
    from builder.cli import main as understand

    understand(prog_name="variorum", obj=words_of(arguments))


if __name__ == "__main__":
    main()
