"""Archives are told by the address of their index, and their own addresses are understood."""

from __future__ import annotations

import ssl
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import UsageError
from generator.wayback.archives import DEFAULT, archive
from generator.wayback.asking import _pool


@pytest.mark.parametrize(
    ("said", "index", "replay"),
    [
        (DEFAULT, "https://web.archive.org/cdx/search/cdx", "https://web.archive.org/web/"),
        ("https://arquivo.pt/wayback/cdx", "https://arquivo.pt/wayback/cdx", "https://arquivo.pt/wayback/"),
        ("https://archive.example/ukwa/", "https://archive.example/ukwa/cdx", "https://archive.example/ukwa/"),
        (
            "http://localhost:8080/my-coll/cdx?x=1",
            "http://localhost:8080/my-coll/cdx",
            "http://localhost:8080/my-coll/",
        ),
    ],
)
def test_where_mementos_stand_follows_from_where_the_index_is(said: str, index: str, replay: str) -> None:
    found = archive(said)
    assert (found.index, found.replay) == (index, replay)


@pytest.mark.parametrize(
    "said", ["", "arquivo.pt", "ftp://arquivo.pt/cdx", "https://", "https://a b/cdx", "https://x:99999/cdx"]
)
def test_what_is_no_address_is_refused(said: str) -> None:
    with pytest.raises(UsageError, match="--endpoint"):
        archive(said)


ADDRESSES = st.builds(
    lambda path, query: f"http://tidenews.example/{path}" + (f"?{query}" if query else ""),
    st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="%?"), max_size=20),
    st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="%"), max_size=20),
)


@given(ADDRESSES)
def test_the_address_of_a_memento_holds_the_pages_own(url: str) -> None:
    where = archive(DEFAULT)
    address = where.memento("20100301120000", url)
    assert address.isascii()
    assert "#" not in address
    found = where.inside(address)
    assert found is not None
    assert (found[0], unquote(found[1])) == ("20100301120000", url)


@pytest.mark.parametrize(
    "location",
    [
        "https://web.archive.org/web/20100301120000id_/http://tidenews.example/a",
        "http://web.archive.org/web/20100301120000/http://tidenews.example/a",
        "//web.archive.org/web/20100301120000im_/http://tidenews.example/a",
        "/web/20100301120000id_/http://tidenews.example/a",
        "/web/20100301120000id_/tidenews.example/a",
    ],
)
def test_a_redirect_within_the_archive_is_understood(location: str) -> None:
    assert archive(DEFAULT).inside(location) == ("20100301120000", "http://tidenews.example/a")


@pytest.mark.parametrize(
    "location",
    ["http://tidenews.example/a", "/save/http://tidenews.example/a", "a", "", "https://web.archive.org.evil.example/web/20100301120000id_/http://x.example/",
     "https://web.archive.org/web/20100301120000id_/", "//"],
)  # fmt: skip
def test_a_redirect_out_of_the_archive_is_none(location: str) -> None:
    assert archive(DEFAULT).inside(location) is None


def test_a_line_trusts_no_certificate_that_is_not_vouched_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    pool = _pool(archive(DEFAULT))
    trust = pool.conn_kw["ssl_context"]
    assert (trust.verify_mode, trust.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert pool.proxy is None
    pool.close()


def test_a_proxy_is_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.setenv("https_proxy", "http://me:secret@proxy.example:3128")
    pool = _pool(archive(DEFAULT))
    assert pool.proxy is not None
    assert (pool.proxy.host, pool.proxy.port) == ("proxy.example", 3128)
    assert "proxy-authorization" in pool.proxy_headers
    pool.close()
