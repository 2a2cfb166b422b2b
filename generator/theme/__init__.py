"""The theme: templates, words and static files turn a page's data into bytes.

`load` reads the built-in theme and the archive's own `templates/` once; what it returns is a value that reads nothing
more but the templates that it has compiled before. It decides how a page looks, never what a page shows or where it lies, and it lets no markup of a saved page
through but what `html` allows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.config import Settings
from generator.theme import look, sources
from generator.theme.engine import CSP, Theme
from generator.theme.markup import html, web

__all__ = ["CSP", "Theme", "html", "load", "web"]


def load(settings: Settings, site: Mapping[str, Any]) -> Theme:
    """The theme of one archive: the built-in one, overlaid with the archive's own files. Raises TemplateError, SettingsError."""
    read = sources.read(settings.templates, settings.language, look.style(settings.look))
    logo = look.logo(settings.look, {name: asset.body for name, asset in read.assets.items()})
    return Theme(read, settings.language, {**site, "logo": logo}, settings.cache / "templates")
