"""The sample archive built in every language of the interface, and of each kind of page the one that shows most."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.reading.gauge import Place

ROOT = Path(__file__).resolve().parents[2]
LOCALES = ROOT / "templates" / "locales"
MORE = 'snapshots = "inert"\npage_size = 5\n'  # so that there are captured pages, and lists that have an end
WITHHELD = "2024/10/12/tai-feng-lan-se-yu-jing-fa-bu-lun-du-jin-wan-8-shi-qi-quan"
REASON = "The outlet asked for it"
KNOWN = """\
{"headline": "The winter count: volunteers wanted", "url": "https://tidewater-ledger.example/1", "saved": "2024-02-11", "tags": ["birds"]}
{"headline": "雾钟的来历（三）", "url": "https://tidewater-ledger.example/2", "list": "编辑推荐", "excerpt": "守钟人的女儿还记得那一夜。"}
{"headline": "مركب جديد يعبر الخليج", "url": "https://tidewater-ledger.example/3", "published": "2023-05-01"}
"""

_DAY = r"\d{4}/\d\d/\d\d"
# each kind of page by its address; of several the largest file is taken
_KINDS = {
    "front": r"index\.html",
    "year": r"\d{4}/index\.html",
    "month": r"\d{4}/\d\d/index\.html",
    "day": rf"{_DAY}/index\.html",
    "dates": r"dates/index\.html",
    "snapshot": rf"snapshots/{_DAY}/.+(?<!\.captured)\.html",
    "standing": r"pages/.+\.html",
    "most read": r"hot/index\.html",
    "most printed": r"printed/index\.html",
    "feeds": r"feeds/index\.html",
    "known": r"known/index\.html",
    "known outlet": r"known/.+/.+\.html",
    "404": r"404\.html",
    **{f"all {kind}": rf"{kind}/index\.html" for kind in ("sections", "tags", "regions", "sources", "people")},
    **{kind: rf"{kind}/[^/]+/index\.html" for kind in ("sections", "tags", "regions", "sources", "people")},
    "list page": r"(?:sections|tags|regions|sources|people)/[^/]+/page-.+\.html",
}
_WORDS_IN = {"zh": "article zh", "en": "article en", "ar": "article rtl"}
_LANGUAGE = re.compile(r'"inLanguage":"([a-z]+)')


def languages() -> list[str]:
    """Those that the interface speaks."""
    return sorted(file.stem for file in LOCALES.glob("*.toml"))


def build(language: str, folder: Path) -> Path:
    """The sample in one language, one article of it withheld, some stories known and not held; the site's folder."""
    folder.mkdir(parents=True)
    shutil.copytree(ROOT / "content", folder / "content")
    (folder / "content" / "known").mkdir()
    (folder / "content" / "known" / "tidewater-ledger.example.jsonl").write_text(KNOWN, "utf-8")
    settings = (ROOT / "archive.toml").read_text("utf-8")
    settings = re.sub(r'^language = ".*"$', f'language = "{language}"', settings, flags=re.MULTILINE)
    (folder / "archive.toml").write_text(settings.replace("\n[", f"\n{MORE}\n[", 1), "utf-8")
    withheld = re.sub(r"/(\d\d)/(?=[^/]+$)", r"/\1-", f"content/articles/{WITHHELD}.md")
    _call(folder, "withhold", withheld, "--reason", REASON, "--since", "2026-01-01")
    _call(folder, "build")
    return folder / "site"


def places(site: Path, language: str) -> Iterator[Place]:
    """One page of each kind that the site has."""
    chosen: dict[str, tuple[int, str]] = {}
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix()
        kind = _kind(file, path)
        if kind:
            chosen[kind] = max(chosen.get(kind, (0, "")), (file.stat().st_size, path))
    for kind, (_, path) in chosen.items():
        yield Place(site, language, kind, path)


def _kind(file: Path, path: str) -> str | None:
    for kind, pattern in _KINDS.items():
        if re.fullmatch(pattern, path):
            return kind
    if not re.match(rf"(?:{_DAY}|undated)/", path):
        return None
    spoken = _LANGUAGE.search(file.read_text("utf-8"))
    return _WORDS_IN.get(spoken[1], "article other") if spoken else "withheld"


def _call(folder: Path, *words: str) -> None:
    """`backfile` in that archive. A finding is no failure; anything else stops the run."""
    command = [sys.executable, "-c", "from generator.cli import main; main()", "--archive", str(folder), *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode > 1:
        sys.exit(f"backfile {' '.join(words)}: {done.stderr}")
