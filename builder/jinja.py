"""Jinja with less to do for each value that is printed and each macro that is called; templates mean what they meant.

A briefing's pages print tens of thousands of values. Jinja makes a Markup object of each, only to join them all, looks
at every macro and message as at any callable that a template could be given, and asks for every template that another
imports as if it were new. Nothing is escaped less than by Jinja.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from gettext import NullTranslations
from typing import Any

from jinja2 import Environment, StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.utils import internalcode, missing
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]

from builder.mistakes import unknown
from builder.words import ENGLISH, Words, direction


def escaped(value: object) -> str:
    """A value as `markupsafe.escape` prints it: what that makes of plain text, without a Markup object around it."""
    if type(value) is str:
        text: str = _escape_inner(value)
        return text
    return value if type(value) is Markup else escape(value)


class Code(CodeGenerator):
    """Jinja's compiler, but that output goes through `escaped`, and a call that is output through `Names.printed`."""

    _shown: nodes.Call | None = None
    """The call that is written as arguments of `printed`."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """A module for a template."""
        self.writeline(f"from {__name__} import escaped")
        super().visit_Template(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not frame.eval_ctx.autoescape or frame.eval_ctx.volatile or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        elif isinstance(node, nodes.Call):
            self._shown = node
            self.write("context.printed(")
        else:
            self.write("escaped(")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """A call; of one that is shown, what stands between the brackets."""
        if node is not self._shown:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        around = {"_loop_vars": frame.loop_frame, "_block_vars": frame.block_frame}
        self.signature(node, frame, {name: name for name, given in around.items() if given})


class Names(Context):
    """Jinja's context, but that a macro is called at once where it is given just its arguments, and so is a message."""

    def call(self, callee: Any, *args: Any, _loop_vars: Any = None, _block_vars: Any = None, **more: Any) -> Any:
        """Call what a template calls."""
        kind = type(callee)
        if kind is Message:
            return callee.say(*args, **more)
        if kind is not Macro:
            return super().call(callee, *args, _loop_vars=_loop_vars, _block_vars=_block_vars, **more)
        plain = not (more or callee.caller or callee.catch_varargs or callee.catch_kwargs)
        if plain and len(args) == len(callee.arguments) and self.eval_ctx.autoescape:
            return Markup(callee._func(*args))
        return callee(self.eval_ctx, *args, **more)

    def printed(self, callee: Any, *args: Any, _loop_vars: Any = None, _block_vars: Any = None, **more: Any) -> str:
        """`escaped` of a call."""
        kind = type(callee)
        if kind is Message:
            said: str = callee.say(*args, **more)
            return said
        if kind is Macro and len(args) == len(callee.arguments) and self.eval_ctx.autoescape:
            plain = not (more or callee.caller or callee.catch_varargs or callee.catch_kwargs)
            text: str = callee._func(*args) if plain else escaped(callee(self.eval_ctx, *args, **more))
            return text
        return escaped(self.call(callee, *args, _loop_vars=_loop_vars, _block_vars=_block_vars, **more))


class Sheet(Template):
    """A compiled template."""

    def render(self, *args: Any, **more: Any) -> str:
        """The text, from values by name. Raises whatever goes wrong."""
        context = self.new_context(dict(*args, **more))
        try:
            text: str = self.environment.concat(self.root_render_func(context))
        except Exception:  # noqa: BLE001  (as Jinja does: it leads to the line of the template)
            self.environment.handle_exception()
        finally:
            # Macros of a page know its names, and these know them: parted, all of it is gone at once.
            context.vars.clear()
        return text

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        # All templates of an environment have the same globals, if nobody gave any to one.
        if self._module is not None and (ctx is None or ctx.globals_keys <= self._known):
            return self._module
        return super()._get_default_module(ctx)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.globals)


class Unknown(StrictUndefined):
    """A name that is not there: to use it is an error, which tells what is there."""

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        owner, name = self._undefined_obj, self._undefined_name
        if owner is missing:
            return unknown(str(name), ())
        if owner is None:
            return f"“{name}” is asked of something that is not there: {{% if … %}} asks whether it is"
        if isinstance(owner, str | Sequence):
            return unknown(str(name), ())
        return unknown(str(name), [str(key) for key in owner] if isinstance(owner, Mapping) else dir(owner))


class Templates(Environment):
    """An environment that compiles and calls so. Its templates speak one language, and know that of the content.

    Where these are two, `curated` says it, on an element that holds nothing but a curator's words, and `as_curated`
    of such words beside others.
    """

    code_generator_class = Code
    context_class = Names
    template_class = Sheet

    def __init__(self, words: Words = ENGLISH, language: str | None = None, **options: Any) -> None:
        super().__init__(extensions=["jinja2.ext.i18n"], **options)
        self.words = words
        curated = _foreign(language or words.language, words.language)
        self.globals |= {"curated": curated, "as_curated": _as_curated(curated)}
        self.policies["ext.i18n.trimmed"] = True
        self._sheets: dict[str, Template] = {}
        self.newstyle_gettext = True  # messages get their values as arguments
        self.globals |= _messages(words.messages)

    @internalcode
    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Template:
        """A template by its name; compiled once. Raises jinja2.TemplateNotFound."""
        known = self._sheets.get(name) if type(name) is str and not globals else None
        if known is None:
            known = super().get_template(name, parent, globals)
            if type(name) is str and not self.auto_reload:
                self._sheets[name] = known
        return known


def _foreign(language: str, page: str) -> Markup:
    """The attributes of an element in a language, on a page in another."""
    if language == page:
        return Markup()
    turned = direction(language) != direction(page)
    return Markup(' lang="%s"') % language + (Markup(' dir="%s"') % direction(language) if turned else "")


def _as_curated(attributes: Markup) -> Callable[[str], str]:
    return (lambda text: Markup("<span%s>%s</span>") % (attributes, text)) if attributes else (lambda text: text)


# ---- messages --------------------------------------------------------------------------------------------------


class Message:
    """A function of gettext for templates: values are put in escaped. What it returns needs no escaping."""

    __slots__ = ("say",)

    def __init__(self, say: Callable[..., Markup]) -> None:
        self.say = say

    def __call__(self, *args: Any, **values: Any) -> Markup:
        """What it says."""
        return self.say(*args, **values)


def _messages(told: NullTranslations) -> Mapping[str, Message]:
    """Those that `{% trans %}` and templates call, by name."""

    def gettext(message: str, /, **values: object) -> Markup:
        return _filled(told.gettext(message), values)

    def ngettext(one: str, many: str, number: int, /, **values: object) -> Markup:
        return _filled(told.ngettext(one, many, _counted(number)), {"num": number, **values})

    def pgettext(context: str, message: str, /, **values: object) -> Markup:
        return _filled(told.pgettext(context, message), {"context": context, **values})

    def npgettext(context: str, one: str, many: str, number: int, /, **values: object) -> Markup:
        said = told.npgettext(context, one, many, _counted(number))
        return _filled(said, {"context": context, "num": number, **values})

    return {say.__name__: Message(say) for say in (gettext, ngettext, pgettext, npgettext)}


def _counted(number: object) -> int:
    """The first variable of `{% trans %}` is the number; of anything else English would always say the plural."""
    if not isinstance(number, int):
        raise TypeError(f"the first variable of a message with a plural is its number, not {number!r}")
    return number


_PLACE = re.compile(r"%\((\w+)\)s")


@lru_cache(maxsize=4096)
def _pieces(message: str) -> tuple[str, ...]:
    """Its words and the names of its places in turns; none where it says a percent sign, or what is no place."""
    pieces = tuple(_PLACE.split(message))
    return () if any("%" in words for words in pieces[::2]) else pieces


def _filled(message: str, values: Mapping[str, object]) -> Markup:
    """A message with values in its places, as Markup does it. Raises KeyError where one is missing."""
    pieces = _pieces(message)
    if len(pieces) == 1:
        return Markup(message)
    if not pieces:
        return Markup(message) % values
    filled = [*pieces]
    filled[1::2] = [escaped(values[name]) for name in pieces[1::2]]
    return Markup("".join(filled))
