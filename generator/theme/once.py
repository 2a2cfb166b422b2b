"""`{% once key %}…{% endonce %}`: a piece of a page that is rendered once for all pages at one depth.

What stands inside may depend on the site, on the page's depth, and on the key; on nothing else of the page. A
navigation that is the same on a hundred thousand pages costs one rendering.
"""

from __future__ import annotations

from typing import Any

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup


class Once(Extension):
    """The tag, for an environment whose pages share one way to the site's top."""

    tags = {"once"}  # noqa: RUF012 - as Jinja declares it

    def __init__(self, environment: Any) -> None:
        """Begin with nothing rendered."""
        super().__init__(environment)
        self._kept: dict[tuple[str | None, int, Any], Markup] = {}

    def parse(self, parser: Parser) -> nodes.Node:
        """Read the tag with its key, which may be left out."""
        line = next(parser.stream).lineno
        keyed = parser.stream.current.type != "block_end"
        key = parser.parse_expression() if keyed else nodes.Const(None)
        body = parser.parse_statements(("name:endonce",), drop_needle=True)
        place: list[nodes.Expr] = [nodes.Const(parser.name), nodes.Const(line), key]
        return nodes.CallBlock(self.call_method("_once", place), [], [], body).set_lineno(line)

    def _once(self, name: str | None, line: int, key: Any, caller: Any) -> Markup:
        place = (name, line, key)
        if place not in self._kept:
            self._kept[place] = caller()
        return self._kept[place]
