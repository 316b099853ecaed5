"""`python -m builder` is the same as `variorum`."""

from builder.cli import main

if __name__ == "__main__":
    main(prog_name="variorum")
