"""The worked example in docs/themes.md works."""

import re
from pathlib import Path

from tests.samples import Sample, TryOut

DOC = (Path(__file__).parents[2] / "docs/themes.md").read_text("utf-8")


def test_the_worked_example_of_the_docs_changes_the_site(archive: TryOut) -> None:
    files = dict(
        zip(
            re.findall(r"^`(templates/[^`]+)`, ", DOC, re.MULTILINE),
            re.findall(r"```\w+\n(.*?)```", DOC, re.DOTALL),
            strict=True,
        )
    )
    assert len(files) == 3
    for name, source in files.items():
        (archive.root / name).parent.mkdir(parents=True, exist_ok=True)
        (archive.root / name).write_text(source, "utf-8")
    archive.add(archive.save("ferry.html", Sample()))
    archive.build()
    page = (archive.root / "site/2022/03/18/night-ferry-sails-again-from-friday.html").read_text("utf-8")
    assert "Kept by the town library" in page
    assert "Night ferry sails again" in page
    style = re.search(r'href="([^"]*custom[^"]*\.css)"', page)
    assert style
    assert "#0b5394" in (archive.root / "site/2022/03/18" / style[1]).read_text("utf-8")
    assert "Fresh from the archive" in (archive.root / "site/index.html").read_text("utf-8")
