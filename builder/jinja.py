"""Jinja with less to do for each value that is printed and each macro that is called; templates mean what they meant.

A briefing's pages print tens of thousands of values. Jinja makes a Markup object of each, only to join them all, and
looks at every macro as at any callable that a template could be given. Nothing is escaped less than by Jinja.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]

from builder.words import ENGLISH, Words


def escaped(value: object) -> str:
    """A value as `markupsafe.escape` prints it: what that makes of plain text, without a Markup object around it."""
    if type(value) is str:
        text: str = _escape_inner(value)
        return text
    return value if type(value) is Markup else escape(value)


class Code(CodeGenerator):
    """Jinja's compiler, but that output goes through `escaped`."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """A module for a template."""
        self.writeline(f"from {__name__} import escaped")
        super().visit_Template(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)


class Names(Context):
    """Jinja's context, but that a macro is called at once where it is given just its arguments."""

    def call(self, callee: Any, *args: Any, _loop_vars: Any = None, _block_vars: Any = None, **more: Any) -> Any:
        """Call what a template calls."""
        if type(callee) is not Macro:
            return super().call(callee, *args, _loop_vars=_loop_vars, _block_vars=_block_vars, **more)
        plain = not (more or callee.caller or callee.catch_varargs or callee.catch_kwargs)
        if plain and len(args) == len(callee.arguments) and self.eval_ctx.autoescape:
            return Markup(callee._func(*args))
        return callee(self.eval_ctx, *args, **more)


class Templates(Environment):
    """An environment that compiles and calls so. Its templates speak one language."""

    code_generator_class = Code
    context_class = Names

    def __init__(self, words: Words = ENGLISH, **options: Any) -> None:
        super().__init__(extensions=["jinja2.ext.i18n"], **options)
        self.words = words
        self.policies["ext.i18n.trimmed"] = True
        told = words.messages
        self.install_gettext_callables(  # type: ignore[attr-defined]
            told.gettext, _counted(told.ngettext), newstyle=True, pgettext=told.pgettext, npgettext=told.npgettext
        )


def _counted(ngettext: Callable[[str, str, int], str]) -> Callable[[str, str, int], str]:
    """The first variable of `{% trans %}` is the number; of anything else English would always say the plural."""

    def form(one: str, many: str, number: int) -> str:
        if not isinstance(number, int):
            raise TypeError(f"the first variable of a message with a plural is its number, not {number!r}")
        return ngettext(one, many, number)

    return form
