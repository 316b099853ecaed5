"""Every message is explained, and every explanation is true: what is called wrong is at fault, what is called right
is not."""

import re

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result
from samples import ROOT, checked
from test_cases import files_of

from builder.cli import main
from builder.commands.explain import messages
from builder.diagnostics import Diagnostic, Severity
from builder.reports.explain import Block, Explanation, MessageFormatError, explanations_in, nearest, overview, sheet

ALL = messages()
SHOWN = [explanation for explanation in ALL if explanation.wrong]
HANDBOOK = (ROOT / "content" / "README.md").read_text("utf-8")
NO_EXAMPLE = {
    "article-unused", "briefing-name", "file-name", "file-size", "not-a-file", "not-a-folder", "symlink", "unreadable",
    "yaml-size", "template-fault", "translation-misfit", "catalogue-unreadable",
}  # fmt: skip
"""What only a disk or a whole site can be at fault in, and a file too large to be shown."""

SECTION = """# Messages

## a-code

A rule. More of it.

Why it is.

And why it is so.

```article
# Some words
## More words
```

**Wrong**

```evidence
quote: x
```

**Right**

```yaml claims.yaml
met: {}
```

An error. See [Quoting](../../content/README.md#quoting).
"""


def faults(*blocks: tuple[Block, ...]) -> tuple[Diagnostic, ...]:
    """What the check finds in the site of an example."""
    kinds: dict[tuple[str, str], str] = {}
    for block in (block for group in blocks for block in group):
        kind, _, name = block.kind.partition(" ")
        kinds[kind, name] = block.text
    return checked(files_of("example", kinds)).diagnostics


def run(*arguments: str, color: bool = False) -> Result:
    return CliRunner().invoke(main, ["explain", *arguments], prog_name="variorum", color=color)


# ---- what stands in messages.md ------------------------------------------------------------------------------------


@pytest.mark.parametrize("explanation", SHOWN, ids=[explanation.code for explanation in SHOWN])
def test_what_is_called_wrong_has_that_fault_and_what_is_called_right_has_none(explanation: Explanation) -> None:
    wrong = faults(explanation.shared, explanation.wrong)
    assert {fault.severity for fault in wrong if fault.code == explanation.code} == {explanation.severity}
    right = faults(explanation.shared, explanation.right)
    assert explanation.code not in {fault.code for fault in right}
    assert [fault for fault in right if fault.severity is Severity.ERROR] == []


def test_all_have_an_example_but_those_that_only_a_disk_can_be_at_fault_in() -> None:
    assert {explanation.code for explanation in ALL if not explanation.wrong} == NO_EXAMPLE


@pytest.mark.parametrize("explanation", ALL, ids=[explanation.code for explanation in ALL])
def test_an_explanation_says_the_rule_on_a_line_and_why_and_where_to_read_on(explanation: Explanation) -> None:
    assert explanation.brief.endswith(".")
    assert len(explanation.brief) <= 80
    assert "\n" not in explanation.brief
    assert explanation.why
    assert re.search(rf"^#+ {re.escape(explanation.chapter)}$", HANDBOOK, re.MULTILINE)
    anchor = re.sub(r"[^a-z0-9 -]", "", explanation.chapter.lower()).replace(" ", "-")
    assert f"content/README.md#{anchor})" in (ROOT / "builder" / "reports" / "messages.md").read_text("utf-8")


def test_no_two_sections_explain_one_code_and_the_groups_are_whole() -> None:
    codes = [explanation.code for explanation in ALL]
    assert len(set(codes)) == len(codes) > 60
    groups = [explanation.group for explanation in ALL]
    assert [g for n, g in enumerate(groups) if g not in groups[:n]] == [
        g for n, g in enumerate(groups) if n == 0 or g != groups[n - 1]
    ]


# ---- their form ----------------------------------------------------------------------------------------------------


def test_a_section_is_read_in_its_parts() -> None:
    (found,) = explanations_in(SECTION)
    assert (found.code, found.group, found.severity) == ("a-code", "Messages", Severity.ERROR)
    assert (found.rule, found.brief) == ("A rule. More of it.", "A rule.")
    assert found.why == ("Why it is.", "And why it is so.")
    assert found.shared == (Block("article", "# Some words\n## More words\n"),)
    assert found.wrong == (Block("evidence", "quote: x\n"),)
    assert found.right == (Block("yaml claims.yaml", "met: {}\n"),)
    assert (found.last, found.chapter) == ("An error", "Quoting")
    assert found.markdown.startswith("A rule. More of it.\n\nWhy it is.")
    assert found.markdown.endswith("**Right**\n\n```yaml claims.yaml\nmet: {}\n```")


def test_an_error_above_a_limit_is_a_warning_first() -> None:
    (found,) = explanations_in(SECTION.replace("An error.", "A warning, above the maximum an error."))
    assert (found.severity, found.last) == (Severity.WARNING, "A warning, above the maximum an error")


@pytest.mark.parametrize(
    "text",
    [
        SECTION.replace("**Right**", ""),
        SECTION.replace("**Right**", "**Wrong**\n\n**Right**"),
        SECTION.replace("An error.", "A fault."),
        SECTION.replace("An error. See", "See"),
        SECTION.replace("../../content/README.md#quoting", "https://example.org"),
        SECTION.replace("## a-code", "## A code"),
    ],
)
def test_a_section_in_another_form_is_refused(text: str) -> None:
    with pytest.raises(MessageFormatError, match=r"(?i)a.code"):
        explanations_in(text)


# ---- at a terminal -------------------------------------------------------------------------------------------------


def test_a_sheet_has_the_rule_the_reasons_and_both_examples() -> None:
    (found,) = explanations_in(SECTION)
    assert sheet(found, 60).split("\n\n") == [
        "error[a-code]",
        "A rule. More of it.",
        "Why it is.",
        "And why it is so.",
        "  The article:",
        "    # Some words\n    ## More words",
        "Wrong",
        "  What the source says to the claim:",
        "    quote: x",
        "Right",
        "  claims.yaml:",
        "    met: {}",
        "An error. content/README.md speaks of it under “Quoting”.",
    ]


def test_sentences_are_wrapped_and_examples_are_not() -> None:
    long = SECTION.replace("Why it is.", "Why " * 25 + "it is.").replace("# Some words", "# Some " + "long " * 30)
    lines = sheet(explanations_in(long)[0], 40).split("\n")
    assert all(len(line) <= 40 for line in lines if "Why" in line)
    assert sum("Why" in line for line in lines) == 3
    assert "    # Some " + ("long " * 30).rstrip() in [line.rstrip() for line in lines]


def test_the_overview_has_a_line_for_each_code_below_its_group() -> None:
    lines = overview(ALL).split("\n")
    assert lines[0] == "Quotations"
    for explanation in ALL:
        (line,) = [line for line in lines if line.split()[:1] == [explanation.code]]
        assert line.startswith("  ")
        assert explanation.brief in line
        assert line.endswith(" (warning)") is (explanation.severity is Severity.WARNING)
    assert len(lines) == len(ALL) + 2 * len({explanation.group for explanation in ALL}) - 1


def test_the_codes_that_somebody_may_have_meant_are_named() -> None:
    assert nearest("quotation-orphand", ALL)[0] == "quotation-orphaned"
    assert nearest("orphaned", ALL) == ["quotation-orphaned"]
    assert nearest("", ALL) == nearest("zzzzzz", ALL) == []
    assert len(nearest("quotation", ALL)) == 3


def test_the_command_explains_one_code_or_lists_them_all() -> None:
    one, every = run("quotation-cut"), run()
    assert (one.exit_code, one.stderr, every.exit_code, every.stderr) == (0, "", 0, "")
    assert one.stdout.startswith("error[quotation-cut]\n\nThe quotation begins or ends inside a word.\n")
    assert "    quote: They can’t agree\n" in one.stdout
    assert every.stdout == f"{overview(ALL)}\n"
    assert "\x1b[" in run("quotation-cut", color=True).stdout
    assert "\x1b[" not in one.stdout


def test_a_shell_offers_the_codes_that_begin_with_what_is_typed() -> None:
    offered = ShellComplete(main, {}, "variorum", "_X").get_completions(["explain"], "yaml-t")
    assert [item.value for item in offered] == ["yaml-tab", "yaml-tag"]


def test_an_unknown_code_is_wrong_usage_and_the_nearest_are_named() -> None:
    near, far, steering = run("quotation-orphand"), run("zzzzzz"), run("\x1b[31mx")
    assert (near.exit_code, near.stdout, far.exit_code, far.stdout) == (2, "", 2, "")
    assert "There is no message quotation-orphand. Did you mean quotation-orphaned" in near.stderr
    assert "`variorum explain` names all codes." in far.stderr
    assert steering.exit_code == 2
    assert "\x1b" not in steering.stderr
