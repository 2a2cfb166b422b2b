"""The plan in ARCHITECTURE.md holds: who may import whom, and which room alone may print, write, query, wait or connect."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "generator").rglob("*.py"))
# data that travels in the package: no module may lie in it
DATA = ("_starter", "_templates")

WRITERS = ("content", "output", "scaffold")
WRITING_METHODS = (
    "chmod",
    "hardlink_to",
    "mkdir",
    "rmdir",
    "symlink_to",
    "touch",
    "unlink",
    "write_bytes",
    "write_text",
)
WRITING_OS = (
    *("chmod", "link", "makedirs", "mkdir", "open", "remove", "removedirs", "rename", "renames"),
    *("replace", "rmdir", "symlink", "truncate", "unlink", "utime"),
)
WRITING_MODULES = ("shutil", "tempfile")
NETWORK = (
    *("aiohttp", "asyncio", "dask", "distributed", "ftplib", "http", "httpx", "requests", "smtplib", "socket"),
    *("socketserver", "ssl", "urllib.request", "urllib3", "webbrowser"),
)
CHANCE = ("random", "secrets", "uuid.uuid1", "uuid.uuid4")
WALL_CLOCK = ("asctime", "ctime", "gmtime", "localtime", "time", "time_ns")
STOP_WATCH = ("monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "process_time")
# What a room may do although it is not its job, and why.
EXCEPTIONS: Mapping[tuple[str, str], str] = {
    ("readers", "open"): "opens for reading only, without waiting, so that a named pipe does not hang it",
    ("stamps", "open"): "opens folders, to look at what lies in them from inside",
    ("catalogue", "mkdir"): "makes the folder of its own file, .backfile/",
    ("catalogue", "unlink"): "a catalogue of another version is made anew from content/",
    **{
        ("compiled", name): "keeps compiled templates below .backfile/, which can be thrown away"
        for name in ("mkdir", "write_bytes", "replace")
    },
    ("wayback", "mkdir"): "makes the folder of its own journals, below .backfile/",
    ("wayback", "open"): "appends to its own journals below .backfile/, which can be thrown away",
}


def rooms(document: str) -> dict[str, int]:
    """Each room with the number of its line in the plan."""
    block = re.search(r"```rooms\n(.*?)```", document, re.DOTALL)
    assert block, "ARCHITECTURE.md has no block of rooms"
    lines = [line.split("|") for line in block[1].strip().splitlines()]
    return {name.strip(): number for number, line in enumerate(lines) for name in line}


def problems(room: str, source: str, plan: Mapping[str, int]) -> list[str]:
    """What a module of the room must not do."""
    tree = ast.parse(source)
    return sorted(
        {
            found
            for rule in (_imports, _prints, _queries, _writes, _clocks, _connects)
            for found in rule(room, tree, plan)
        }
    )


def _imported(tree: ast.AST) -> Iterator[str]:
    """Every module that is imported, at the top or inside a function, by its full name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module or ''}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            yield from (str(word.value) for word in node.args[:1] if isinstance(word, ast.Constant))


def _within(name: str, modules: tuple[str, ...]) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in modules)


def _calls(tree: ast.AST) -> Iterator[tuple[str, str, ast.Call]]:
    """Each call: what stands before the last dot, what after it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            owner, _, name = ast.unparse(node.func).rpartition(".")
            yield owner, name, node


def _imports(room: str, tree: ast.AST, plan: Mapping[str, int]) -> Iterator[str]:
    if room not in plan:
        yield f"{room} is no room of the plan"
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield "imports are written in full: from generator.room import name"
    for name in _imported(tree):
        package, _, rest = name.partition(".")
        other = rest.partition(".")[0]
        if package != "generator" or other in (room, "__version__"):
            continue
        if other not in plan:
            yield f"{room} imports {other}, which is no room of the plan"
        elif plan[other] >= plan[room]:
            yield f"{room} imports {other}, which is not above it"


def _prints(room: str, tree: ast.AST, plan: Mapping[str, int]) -> Iterator[str]:
    if room == "cli":
        return
    yield from (
        f"{room} imports {name}: only cli speaks" for name in _imported(tree) if _within(name, ("click", "rich"))
    )
    for owner, name, _ in _calls(tree):
        if (owner, name) in (("", "print"), ("sys.stdout", "write"), ("sys.stderr", "write")):
            yield f"{room} prints: only cli speaks"


def _queries(room: str, tree: ast.AST, plan: Mapping[str, int]) -> Iterator[str]:
    if room != "catalogue" and any(_within(name, ("sqlite3",)) for name in _imported(tree)):
        yield f"{room} imports sqlite3: only the catalogue holds SQL"


def _writes(room: str, tree: ast.AST, plan: Mapping[str, int]) -> Iterator[str]:
    if room in WRITERS:
        return
    yield from (
        f"{room} imports {name}: it may not write" for name in _imported(tree) if _within(name, WRITING_MODULES)
    )
    for owner, name, call in _calls(tree):
        if _is_writing(owner, name, call) and (room, name) not in EXCEPTIONS:
            yield f"{room} calls {name}(): it may not write"


def _is_writing(owner: str, name: str, call: ast.Call) -> bool:
    if owner == "os":
        return name in WRITING_OS
    if name == "open":
        return _opens_for_writing(owner, call)
    if name in ("replace", "rename"):  # of a path: text.replace takes two words, structs.replace takes names
        return len(call.args) == 1 and not call.keywords
    return bool(owner) and name in WRITING_METHODS


def _opens_for_writing(owner: str, call: ast.Call) -> bool:
    at = 1 if owner in ("", "io", "gzip", "bz2", "lzma", "codecs") else 0
    mode = next((word.value for word in call.keywords if word.arg == "mode"), None)
    if mode is None and len(call.args) > at:
        mode = call.args[at]
    if mode is None:
        return False
    return not isinstance(mode, ast.Constant) or bool(set("wax+") & set(str(mode.value)))


def _clocks(room: str, tree: ast.AST, plan: Mapping[str, int]) -> Iterator[str]:
    yield from (
        f"{room} imports {name}: nothing is left to chance" for name in _imported(tree) if _within(name, CHANCE)
    )
    watches = tuple(f"time.{name}" for name in STOP_WATCH) if room not in ("cli", "serve", "workers") else ()
    clocks = (*(f"time.{name}" for name in WALL_CLOCK), *watches) if room != "cli" else watches
    named = {name for name in _imported(tree) if name in clocks}
    yield from (f"{room} leaves {name} to chance" for owner, name, _ in _calls(tree) if f"{owner}.{name}" in CHANCE)
    for owner, name, _ in _calls(tree):
        if f"{owner}.{name}" in clocks or (
            room != "cli" and name in ("now", "today", "utcnow") and owner.rpartition(".")[2] in ("datetime", "date")
        ):
            named.add(f"{owner}.{name}")
    yield from (f"{room} reads the clock: {name}" for name in named)


def _connects(room: str, tree: ast.AST, plan: Mapping[str, int]) -> Iterator[str]:
    if room not in ("serve", "timestamps", "wayback", "workers"):
        yield from (f"{room} imports {name}: it opens no network" for name in _imported(tree) if _within(name, NETWORK))
        yield from (
            f"{room} calls {name}(): it opens no network"
            for _, name, _ in _calls(tree)
            if name in ("fetch_url", "urlopen")
        )


PLAN = rooms((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"))


def room_of(file: Path) -> str:
    return file.relative_to(ROOT / "generator").parts[0].removesuffix(".py")


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_module_keeps_to_the_plan(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    if file == ROOT / "generator" / "__init__.py":
        assert not list(_imported(ast.parse(source))), (
            "the package itself imports nothing: importing it must cost nothing"
        )
        return
    assert room_of(file) not in DATA
    assert problems(room_of(file), source, PLAN) == []


def test_every_room_of_the_plan_is_built() -> None:
    assert sorted(set(PLAN) - {room_of(file) for file in MODULES}) == []


def test_each_exception_is_still_needed() -> None:
    calls = {
        (room_of(file), name) for file in MODULES for _, name, _ in _calls(ast.parse(file.read_text(encoding="utf-8")))
    }
    assert sorted(set(EXCEPTIONS) - calls) == []


def test_only_rooms_before_the_border_read_articles_as_they_lie_there() -> None:
    """Whatever makes something for others to see asks the border, or it might show what is withheld."""
    before = {"cataloguing", "check", "content", "intake", "refresh", "review", "takedown", "withholding"}
    readers = {
        room_of(file)
        for file in MODULES
        if any(name == "read_article" for _, name, _ in _calls(ast.parse(file.read_text(encoding="utf-8"))))
    }
    assert readers - before == set()


SMALL = rooms("```rooms\nerrors\ntext\ncontent | catalogue\noutput\nserve\ncli\n```")
BAD: tuple[tuple[str, str, str], ...] = (
    ("text", "from generator import cli", "not above it"),
    ("text", "from generator.cli import main", "not above it"),
    ("text", "import generator.output", "not above it"),
    ("text", "def late():\n    from generator.cli import main", "not above it"),
    ("text", "importlib.import_module('generator.cli')", "not above it"),
    ("catalogue", "from generator.content import put", "not above it"),
    ("text", "from generator.cellar import wine", "no room of the plan"),
    ("cellar", "", "no room of the plan"),
    ("text", "from . import errors", "in full"),
    ("text", "print('x')", "prints"),
    ("text", "import sys\nsys.stderr.write('x')", "prints"),
    ("text", "import click", "only cli speaks"),
    ("text", "from rich.console import Console", "only cli speaks"),
    ("content", "import sqlite3", "SQL"),
    ("text", "open('x', 'w')", "may not write"),
    ("text", "open('x', mode=mode)", "may not write"),
    ("text", "path.open('ab')", "may not write"),
    ("text", "path.write_text('x')", "may not write"),
    ("text", "path.rename(other)", "may not write"),
    ("text", "path.replace(other)", "may not write"),
    ("text", "os.replace(one, other)", "may not write"),
    ("text", "import shutil", "may not write"),
    ("catalogue", "path.write_bytes(b'')", "may not write"),
    ("output", "import time\ntime.time()", "clock"),
    ("output", "from time import monotonic", "clock"),
    ("output", "datetime.now(UTC)", "clock"),
    ("output", "dt.date.today()", "clock"),
    ("serve", "datetime.datetime.utcnow()", "clock"),
    ("output", "import random", "chance"),
    ("output", "import uuid\nuuid.uuid4()", "chance"),
    ("content", "import socket", "no network"),
    ("content", "from urllib import request", "no network"),
    ("content", "trafilatura.fetch_url(url)", "no network"),
)
GOOD: tuple[tuple[str, str], ...] = (
    ("cli", "from generator import __version__, errors\nfrom generator.serve import serve\nprint(serve)"),
    ("content", "from generator.content.files import write\nopen('x', 'w')"),
    ("catalogue", "import sqlite3\npath.parent.mkdir()"),
    (
        "text",
        "text.replace('a', 'b')\nmsgspec.structs.replace(value, title='x')\nopen('x', 'rb')\nopen('x')\npath.open()",
    ),
    ("serve", "import socket, time\ntime.monotonic()"),
    ("text", "import uuid\nuuid.uuid5(space, name)"),
    ("text", "from urllib.parse import urlsplit\nmoment.today\nsite.now()"),
)


@pytest.mark.parametrize(("room", "source", "why"), BAD)
def test_the_checker_sees_what_is_forbidden(room: str, source: str, why: str) -> None:
    assert any(why in problem for problem in problems(room, source, SMALL))


@pytest.mark.parametrize(("room", "source"), GOOD)
def test_the_checker_lets_pass_what_is_allowed(room: str, source: str) -> None:
    assert problems(room, source, SMALL) == []


def test_a_plan_is_read_line_by_line() -> None:
    plan: Callable[[str], int] = SMALL.__getitem__
    assert plan("content") == plan("catalogue")
    assert plan("errors") < plan("text") < plan("content") < plan("cli")
