"""Takes the pictures of the sample archive that the documentation shows: `make screenshots`, after `make site`."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SHOTS = {
    "front": ("index.html", 1280, 900, "light"),
    "article": ("2025/03/18/qing-peng-shan-tou-cha-kai-cai-wu-li-zhai-xia-di-yi-lou.html", 1280, 900, "light"),
    "phone-dark": ("index.html", 390, 844, "dark"),
}


def main() -> None:
    """One PNG for each of `SHOTS`, in docs/images/."""
    target = ROOT / "docs" / "images"
    target.mkdir(exist_ok=True)
    browser_path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for name, (path, width, height, scheme) in SHOTS.items():
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
            page.goto((ROOT / "site" / path).as_uri())
            page.screenshot(path=target / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
