"""A page proves itself with what the site carries: to Backfile, and to whoever has the few lines of docs/verify.md."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from generator import content
from tests.samples import Run, Sample, TryOut, tree

ROOT = Path(__file__).parents[2]
PAGE = "2022/03/18/night-ferry-sails-again-from-friday.html"


def story(number: int) -> Sample:
    headline = f"Harbour story {number}"
    return replace(
        Sample(),
        headline=headline,
        url=f"https://ledger.example/{number}",
        paragraphs=(headline * 9, *Sample().paragraphs),
    )


@pytest.fixture
def site(archive: TryOut) -> Path:
    archive.add(archive.save("ferry.html", Sample()), archive.save("one.html", story(1)))
    archive.build()
    return archive.root / "site"


def few_lines() -> str:
    """The program in the document."""
    document = (ROOT / "docs/verify.md").read_text("utf-8")
    return "\n".join(re.findall(r"(?m)^(?:    )(.*)$|^$", document.partition("a page's path in it:\n")[2]))


def said(site: Path, page: str) -> str:
    done = subprocess.run([sys.executable, "-c", few_lines(), site, page], capture_output=True, text=True, check=False)
    return done.stdout.strip() or done.stderr.strip().rpartition("AssertionError: ")[2]


def test_the_few_lines_in_the_document_prove_a_page(site: Path) -> None:
    assert said(site, PAGE) == "proven"
    (site / PAGE).write_bytes((site / PAGE).read_bytes() + b"\n")
    assert said(site, PAGE) == "the page was changed"


def test_a_page_is_proven_far_from_its_archive(site: Path, tmp_path: Path, run: Run) -> None:
    shutil.copytree(site / "data", tmp_path / "elsewhere/data")
    page = shutil.copy(site / PAGE, tmp_path / "page.html")
    ran = run("verify", "--page", page, "--seal", tmp_path / "elsewhere/data/seal.json", "--json")
    assert ran.status == 0
    told = json.loads(ran.out)
    assert told["page"] == PAGE
    assert [one["entry"].partition("  ")[2] for one in told["leaves"]] == [
        "articles/2022/03/18-night-ferry-sails-again-from-friday.md",
        "saved/ferry.html",
    ]


def test_a_page_that_was_changed_is_not_proven(site: Path, run: Run) -> None:
    (site / PAGE).write_bytes((site / PAGE).read_bytes().replace(b"Friday", b"Sunday"))
    ran = run("verify", "--page", site / PAGE)
    assert ran.status == 1
    assert "[page-unproven]" in ran.err


@pytest.mark.parametrize("part", ["data/seal.json", "data/seal/articles/2022/03/18.json", "data/seal/tile/0/000.p/5"])
def test_a_proof_that_was_changed_proves_nothing(site: Path, run: Run, part: str) -> None:
    file = site / part
    raw = file.read_bytes()
    file.write_bytes(
        raw[:-40] + bytes([raw[-40] ^ 1]) + raw[-39:]
        if "tile" in part
        else raw.replace(b'"leaf": ', b'"leaf": 1').replace(b'"root": "', b'"root": "00')
    )
    ran = run("verify", "--page", site / PAGE)
    assert ran.status == 1


def test_a_proof_outlives_what_happens_to_others(archive: TryOut, site: Path, run: Run) -> None:
    """Another article is purged, and its leaf stays."""
    other = next(path for path in archive.articles() if "harbour" in path)
    gone = [archive.root / "content/articles" / other, archive.root / "content/saved/one.html"]
    for file in gone:
        file.unlink()
    assert run("--archive", archive.root, "verify", "--accept", gone[0], "--accept", gone[1]).status == 0
    archive.build()
    assert len(content.read_ledger(archive.root / "content").leaves()) == 5
    assert run("verify", "--page", site / PAGE).status == 0
    assert b"harbour-story" not in b"".join(tree(site / "data").values())


def test_an_edited_article_has_no_proof_until_it_is_accepted(archive: TryOut, site: Path, run: Run) -> None:
    article = archive.root / "content/articles/2022/03/18-night-ferry-sails-again-from-friday.md"
    article.write_text(article.read_text("utf-8").replace("spectators", "onlookers"), "utf-8")
    archive.build()
    assert run("verify", "--page", site / PAGE).status == 1
    ran = run("--archive", archive.root, "verify", "--accept", article)
    assert "~ content/articles/2022/03/18-night-ferry-sails-again-from-friday.md" in ran.out
    archive.build()
    assert run("verify", "--page", site / PAGE).status == 0


def test_one_more_article_changes_a_handful_of_the_seals_files(archive: TryOut, site: Path) -> None:
    before = tree(site / "data")
    archive.add(archive.save("two.html", replace(story(2), published="2023-05-01T06:00:00Z")))
    archive.build()
    after = tree(site / "data")
    # the story before it in its section now leads on to it, so the bytes of that page are others
    assert sorted(path for path in before | after if before.get(path) != after.get(path)) == [
        "seal.json", "seal/articles/2022/03/18.json", "seal/articles/2023/05/01.json", "seal/tile/0/000.p/5", "seal/tile/0/000.p/7",
    ]  # fmt: skip


def test_the_root_is_signed_and_the_signature_travels_with_the_site(
    archive: TryOut, site: Path, tmp_path: Path, run: Run
) -> None:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", tmp_path / "key"], check=True)
    signers = tmp_path / "signers"
    signers.write_text(f"jane@tide.example {(tmp_path / 'key.pub').read_text('utf-8')}", "utf-8")
    here = ("--archive", archive.root)
    assert run(*here, "verify", "--check-signature", signers).status == 1
    assert run(*here, "verify", "--sign", tmp_path / "key").status == 0
    assert "signed by jane@tide.example" in run(*here, "verify", "--check-signature", signers).out
    archive.build()
    assert "signed by jane@tide.example" in run("verify", "--page", site / PAGE, "--check-signature", signers).out
    archive.add(archive.save("two.html", story(2)))
    archive.build()
    assert run("verify", "--page", site / PAGE, "--check-signature", signers).status == 0
    late = next(site.rglob("harbour-story-2.html"))
    ran = run("verify", "--page", late, "--check-signature", signers)
    assert ran.status == 1
    assert "after the seal was signed" in ran.err


def test_nothing_is_signed_while_something_is_wrong(archive: TryOut, site: Path, tmp_path: Path, run: Run) -> None:
    (archive.root / "content/saved/ferry.html").write_bytes(b"damaged")
    ran = run("--archive", archive.root, "verify", "--sign", tmp_path / "key")
    assert ran.status == 1
    assert "nothing was signed" in ran.err
    assert not (archive.root / "content/seal/checkpoint").exists()


def test_options_of_one_page_and_of_the_archive_do_not_mix(tmp_path: Path, run: Run) -> None:
    assert run("verify", "--page", tmp_path / "x.html", "--update").status == 2
    assert run("verify", "--seal", tmp_path / "seal.json").status == 2
    assert run("verify", "--page", tmp_path / "x.html").status == 2
