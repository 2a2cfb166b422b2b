"""`archive.toml`: what may stand in it, and what is said when something else does."""

from datetime import timedelta
from pathlib import Path

import pytest

from generator import config
from generator.errors import SettingsError


def loaded(folder: Path, source: str) -> config.Settings:
    (folder / "archive.toml").write_text(source, "utf-8")
    return config.load(folder)


def test_an_empty_file_is_an_archive(tmp_path: Path) -> None:
    settings = loaded(tmp_path, "")
    assert settings.title == "Backfile"
    assert settings.site == tmp_path / "site"


def test_an_outlet_has_its_own_zone(tmp_path: Path) -> None:
    settings = loaded(tmp_path, 'zone = "+01:00"\n[outlets."news.example"]\nzone = "-04:30"\n')
    assert settings.offset("news.example") == -timedelta(hours=4, minutes=30)
    assert settings.offset("other.example") == timedelta(hours=1)
    assert settings.offset(None) == timedelta(hours=1)


def test_the_address_gets_its_closing_slash(tmp_path: Path) -> None:
    assert loaded(tmp_path, 'url = "https://name.github.io/archive"').url == "https://name.github.io/archive/"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('titel = "x"', "archive.toml: unknown setting 'titel'\nhint: did you mean 'title'?"),
        ("xyzzy = 1", "archive.toml: unknown setting 'xyzzy'\nhint: known settings are title,"),
        ("title = 3", "archive.toml: title: expected text, got a whole number\nhint: allowed: text"),
        (
            'language = "fr"',
            "archive.toml: language: a value that it cannot have\nhint: allowed: zh-Hans, zh-Hant, en, ar, hi",
        ),
        ("page_size = 1", "hint: allowed: a whole number from 5 to 500"),
        ('zone = "CST"', "hint: allowed: a distance from UTC like +08:00"),
        ('url = "ftp://a.example"', "url: not a web address: 'ftp://a.example'"),
        ('url = "https://a.example/?x"', "url: the site's address has no query"),
        ('[outlets."a.example"]\nnam = "A"', "unknown setting 'nam' in [outlets]\nhint: did you mean 'name'?"),
        ("[look]\nacent = 1", "unknown setting 'acent' in [look]\nhint: did you mean 'accent'?"),
        ("title = ", "archive.toml: not valid TOML"),
        ('root = "/"', "archive.toml: unknown setting 'root'"),
        ('__root__ = "/"', "archive.toml: unknown setting '__root__'"),
    ],
)
def test_a_mistake_is_named_with_its_key_and_what_is_allowed(tmp_path: Path, source: str, message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        loaded(tmp_path, source)
    assert message in str(caught.value)


def test_every_setting_says_what_it_allows() -> None:
    tables = (config.Settings, config.OutletSettings, config.LookSettings)
    fields = {name for table in tables for name in table.__struct_fields__} - {"root"}
    assert fields == set(config.ALLOWED)


def test_the_nearest_archive_above_is_found(tmp_path: Path) -> None:
    (tmp_path / "archive.toml").touch()
    inside = tmp_path / "content" / "saved"
    inside.mkdir(parents=True)
    assert config.find(inside) == tmp_path


def test_outside_any_archive_the_hint_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="backfile init"):
        config.find(tmp_path)
