"""Jinja for a hundred thousand pages: what is the same on all of them is done when a template is compiled, not when it is filled.

All that a template can say means here what it does in Jinja, but that a dictionary's key goes before its methods.
"""

from __future__ import annotations

import functools
import re
from contextlib import suppress
from types import CodeType, FunctionType
from typing import Any

from jinja2 import Environment, nodes
from jinja2.bccache import BytecodeCache
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

_SPECIAL = re.compile("[&<>'\"]").search
_PLAIN = (FunctionType, type(functools.lru_cache(str)))


class _Context(Context):
    """Calls our own functions and macros without asking what they want: a function nothing, a macro whether to escape."""

    def call(self, obj: Any, *args: Any, **kwargs: Any) -> Any:
        kind = type(obj)
        if kind is not Macro and (kind not in _PLAIN or hasattr(obj, "jinja_pass_arg")):
            return super().call(obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)  # what only those are given that want the context
        kwargs.pop("_loop_vars", None)
        return obj(self.eval_ctx, *args, **kwargs) if kind is Macro else obj(*args, **kwargs)


class _Straight(CodeGenerator):
    """Jinja's Python, but that our functions are called straight away and what is written out is escaped and no more.

    Jinja makes a `Markup` of every piece it writes, some five hundred to a page, and hands each up through block, page and
    layout. Here a block is one text before it leaves its function.
    """

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("written, got = environment.written, environment.getattr")

    def enter_frame(self, frame: Frame) -> None:
        super().enter_frame(frame)
        if _is_whole(frame):
            self.buffer(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:  # noqa: FBT001, FBT002 - as Jinja has it
        if _is_whole(frame):
            self.writeline(f"yield concat({frame.buffer})")
        super().leave_frame(frame, with_python_scope)

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        self.write("got(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802
        if forward_caller or node.dyn_args or node.dyn_kwargs or not self._is_ours(node.node):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def _is_ours(self, called: nodes.Expr) -> bool:
        """Whether a name means a plain function. (A macro that somebody gives the same name can be called so, too.)"""
        return isinstance(called, nodes.Name) and type(self.environment.globals.get(called.name)) in _PLAIN

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("written(")


def _is_whole(frame: Frame) -> bool:
    """Whether it is a block's own, and none within it."""
    return frame.block_frame and frame.parent is None


def _written(value: Any) -> str:
    """A value as it stands in a page: what is markup already, and text with nothing in it to escape, as it is."""
    kind = type(value)
    return value if kind is Markup or (kind is str and not _SPECIAL(value)) else escape(value)


class Fast(Environment):
    """An environment that shares compiled templates with its theme's others: only their globals differ."""

    context_class = _Context
    code_generator_class = _Straight
    written = staticmethod(_written)

    def __init__(self, compiled: dict[str, CodeType], kept: BytecodeCache | None = None, **options: Any) -> None:
        super().__init__(**options)
        self._compiled = compiled
        self._kept = kept
        self._loaded: dict[str, Any] = {}

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Any:  # noqa: A002 - as Jinja has it
        """As Jinja has it, but without asking each time whether one that is there has changed: a page names four."""
        if globals is not None or type(name) is not str:
            return super().get_template(name, parent, globals)
        if name not in self._loaded:
            self._loaded[name] = super().get_template(name, parent)
        return self._loaded[name]

    def make_globals(self, own: Any) -> dict[str, Any]:
        """A plain dictionary: every import looks all of them up, in Jinja's own chain of maps one by one."""
        return {**self.globals, **(own or {})}

    def compile(self, source: Any, name: str | None = None, filename: str | None = None, *_: Any) -> Any:
        if name is None:
            return super().compile(source, name, filename)
        if name not in self._compiled:
            self._compiled[name] = self._code(source, name, filename)
        return self._compiled[name]

    def _code(self, source: str, name: str, filename: str | None) -> Any:
        if self._kept is None:
            return super().compile(source, name, filename)
        bucket = self._kept.get_bucket(self, name, filename, source)
        if bucket.code is None:
            bucket.code = super().compile(source, name, filename)
            self._kept.set_bucket(bucket)
        return bucket.code

    def getattr(self, obj: Any, attribute: str) -> Any:
        """As Jinja has it, but that the key of a dictionary comes before its methods."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The template with the interface's words in place of the calls that ask for them: they are the same on every page."""
        spoken: nodes.Template = _Spoken(self.globals["t"]).visit(super()._parse(source, name, filename))
        return spoken


class _Spoken(NodeTransformer):
    """Puts a text for `t("key")`; one that is not there is left to fail where it is asked for, with its line."""

    def __init__(self, t: Any) -> None:
        self._t = t

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - as Jinja calls it
        match node:
            case nodes.Call(node=nodes.Name(name="t"), args=[nodes.Const(value=str(key))], kwargs=[]):
                with suppress(KeyError):
                    return nodes.Const(self._t(key), lineno=node.lineno)
        return self.generic_visit(node)
