"""What `[look]` in archive.toml makes of the theme: a few lines of style behind the built-in ones, and the logo.

Colours come in pairs, by day and by night, and have to be read: a pair without enough contrast stops the build. What a
reader asks for - more contrast, another scheme - still goes before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator import images
from generator.config import LookSettings
from generator.errors import SettingsError, TemplateError

PAPER, INK, ACCENT = ("#fbfbf9", "#141517"), ("#18191b", "#e7e5e0"), ("#a3211a", "#f29a8e")  # as in site.css
CONTRAST = 4.5  # of text on its ground, WCAG 2.2 AA
SCHEMES = ("by day", "by night")

_BOX = re.compile(rb"""<svg\b[^>]*?\sviewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+(\d+)[\d.]*[\s,]+(\d+)""")


def style(look: LookSettings) -> bytes:
    """The lines of style; nothing where nothing is set. Raises SettingsError for colours that cannot be read."""
    _checked(look)
    colours = [(name, pair) for name in ("paper", "ink", "accent") if (pair := getattr(look, name))]
    faces = [f"--{name}: {stack};" for name in ("serif", "sans") if (stack := getattr(look, name).strip())]
    rules = []
    if colours:
        day = " ".join(f"--{name}: {pair[0]};" for name, pair in colours)
        both = " ".join(f"--{name}: light-dark({pair[0]}, {pair[1]});" for name, pair in colours)
        rules += [f":root {{ {day} }}", f"@supports (color: light-dark(#000, #fff)) {{ :root {{ {both} }} }}"]
    if faces:
        rules.append(f"[lang] {{ {' '.join(faces)} }}")
    return f"\n@layer base {{ {' '.join(rules)} }}\n".encode() if rules else b""


def logo(look: LookSettings, bodies: Mapping[str, bytes]) -> dict[str, Any] | None:
    """The picture in the place of the archive's name: its file, and its measure where that can be told. Raises TemplateError."""
    if not look.logo:
        return None
    body = bodies.get(look.logo)
    if body is None:
        raise TemplateError(
            f"templates/static/{look.logo}: there is no such file", "archive.toml names it: logo, under [look]"
        )
    box = _BOX.search(body[: images.HEAD])
    width, height = (int(box[1]), int(box[2])) if box else images.shown_size(body) or (None, None)
    return {"file": look.logo, "width": width, "height": height}


def _checked(look: LookSettings) -> None:
    papers = look.paper or PAPER
    for name, pair in (("ink", look.ink or INK), ("accent", look.accent or ACCENT)):
        for scheme, paper, colour in zip(SCHEMES, papers, pair, strict=True):
            found = contrast(paper, colour)
            if found < CONTRAST and (look.paper or getattr(look, name)):
                raise SettingsError(
                    f"archive.toml: look.{name}: {colour} on {paper} {scheme} has a contrast of {found:.1f}",
                    f"text needs {CONTRAST} at least: choose one further from the paper",
                )


def contrast(one: str, other: str) -> float:
    """How far two colours are apart, as WCAG reckons it: from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), _linear(colour), strict=True))


def _linear(colour: str) -> Iterator[float]:
    for at in (1, 3, 5):
        part = int(colour[at : at + 2], 16) / 255
        yield part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
