"""A site recovered from a small archive on loopback, with whatever goes wrong on the way."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from generator.errors import BusyError, NetworkError, UsageError
from generator.wayback import ledger, replay
from generator.wayback.journal import Journal
from tests.wayback.conftest import Clerk, story
from tests.wayback.server import HOST, Fault, WebArchive, answers, breaks_off, hangs_up

ORIGINAL = {
    "Content-Type": "text/html; charset=utf-8",
    "X-Archive-Orig-Server": "Apache/1.3.37 (Unix)",
    "X-Archive-Orig-Content-Length": "9999",
    "x-archive-orig-transfer-encoding": "chunked",
    "X-Archive-Src": "TIDE-20100301.warc.gz",
}


def responses(file: Path) -> list[tuple[str, str, bytes]]:
    """Address, date and body of each memento in a batch."""
    with file.open("rb") as handle:
        return [
            (
                record.rec_headers.get_header("WARC-Target-URI"),
                record.rec_headers.get_header("WARC-Date"),
                record.content_stream().read(),
            )
            for record in ArchiveIterator(handle)
            if record.rec_type == "response"
        ]


def kept(clerk: Clerk) -> list[str]:
    return [f"{date[:10]} {url.partition(HOST)[2]}" for file in clerk.batches for url, date, _ in responses(file)]


def codes(found: object) -> list[str]:
    return [one.code for one in found.findings]  # type: ignore[attr-defined]


# ---- what comes back -------------------------------------------------------------------------------------------------


def test_a_page_comes_back_with_its_address_its_time_and_its_own_headers(web: WebArchive, clerk: Clerk) -> None:
    web.hold("20100301120000", f"http://www.{HOST}:80/story/1", story(), headers=ORIGINAL)
    found = clerk.recover()
    assert (found.kept, found.places) == (1, (f"saved/wayback/{HOST}/20100301120000-20100301120000.warc.gz",))
    with clerk.batches[0].open("rb") as handle:
        info, _, page = ((record, record.content_stream().read()) for record in ArchiveIterator(handle))
    assert b"software: Backfile/" in info[1]
    headers = page[0].rec_headers
    assert headers.get_header("WARC-Target-URI") == f"http://www.{HOST}/story/1"
    assert headers.get_header("WARC-Date") == "2010-03-01T12:00:00Z"
    assert headers.get_header("WARC-Source-URI") == f"{web.replay}20100301120000id_/http://www.{HOST}/story/1"
    assert page[0].http_headers.statusline == "200 OK"
    assert page[0].http_headers.headers == [
        ("Server", "Apache/1.3.37 (Unix)"),
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(story().encode()))),
    ]
    assert page[1] == story().encode()


def test_the_same_answers_give_the_same_bytes(web: WebArchive, clerk: Clerk, tmp_path: Path) -> None:
    for number in range(1, 4):
        web.hold(f"2010030{number}120000", f"/story/{number}", story(number))
    other = Clerk(web, tmp_path / "other")
    clerk.recover()
    other.recover()
    assert [file.read_bytes() for file in clerk.batches] == [file.read_bytes() for file in other.batches]


def test_a_batch_is_closed_when_it_is_full(web: WebArchive, clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "BATCH_PAGES", 2)
    for number in range(1, 6):
        web.hold(f"2010030{number}120000", f"/story/{number}", story(number))
    found = clerk.recover()
    assert [file.name for file in clerk.batches] == [
        "20100301120000-20100302120000.warc.gz",
        "20100303120000-20100304120000.warc.gz",
        "20100305120000-20100305120000.warc.gz",
    ]
    assert found.kept == 5


def test_the_archive_is_told_who_asks_and_why(web: WebArchive, clerk: Clerk) -> None:
    web.hold("20100301120000", "/story/1", story())
    clerk.recover(ways=clerk.ways(contact="archive@tidenews.example"))
    assert len(web.agents) == 1
    agent = web.agents.pop()
    assert agent.startswith("Backfile/")
    assert "recovers a dead news site" in agent
    assert "archive@tidenews.example" in agent


def test_it_pauses_between_two_requests(web: WebArchive, clerk: Clerk) -> None:
    for number in range(1, 4):
        web.hold(f"2010030{number}120000", f"/story/{number}", story(number))
    clerk.recover()
    assert clerk.waits == [0.25] * 3  # one for the index, three for pages: three pauses


@pytest.mark.parametrize("said", ["gzip", "", "br"])
def test_a_packed_page_is_kept_as_what_it_is(web: WebArchive, clerk: Clerk, said: str) -> None:
    packed = gzip.compress(story().encode(), mtime=0)
    headers = {"Content-Type": "text/html", **({"Content-Encoding": said} if said else {})}
    web.hold("20100301120000", "/story/1", packed, headers=headers)
    clerk.recover()
    assert [body for _, _, body in responses(clerk.batches[0])] == [story().encode()]


def test_a_page_that_is_only_said_to_be_packed_is_kept_as_it_is(web: WebArchive, clerk: Clerk) -> None:
    headers = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    web.hold("20100301120000", "/story/1", story(), headers=headers)
    clerk.recover()
    assert [body for _, _, body in responses(clerk.batches[0])] == [story().encode()]


def test_pictures_come_with_their_page_once(web: WebArchive, clerk: Clerk) -> None:
    body = story().replace("<p>", '<img src="/pic/quay.png"><img src="/pic/gone.png"><p>', 1)
    web.hold("20100301120000", "/story/1", body)
    web.hold("20100302120000", "/story/2", body.replace("report 1", "report 2"))
    web.hold(
        "20100309120000",
        "/pic/quay.png",
        b"\x89PNG\r\n\x1a\n...",
        mime="image/png",
        headers={"Content-Type": "image/png"},
    )
    found = clerk.recover(pictures=True)
    assert found.pictures == 1
    assert kept(clerk) == ["2010-03-01 /story/1", "2010-03-09 /pic/quay.png", "2010-03-02 /story/2"]
    assert sum("gone.png" in one for one in web.asked) == 1


def test_a_picture_that_cannot_be_had_is_left_but_not_where_the_archive_is_out_of_order(
    web: WebArchive, clerk: Clerk
) -> None:
    pictures = "".join(f'<img src="/pic/{number}.png">' for number in range(8))
    web.hold("20100301120000", "/story/1", story().replace("<p>", f"{pictures}<p>", 1))
    for number in range(8):
        web.hold(
            "20100301120000", f"/pic/{number}.png", b"\x89PNG", headers={"Content-Type": "image/png"}, listed=False
        )
    web.fail("/pic/0.png", *[answers(503)] * 3)
    web.fail("im_", *[breaks_off()] * 12)
    found = clerk.recover(pictures=True)
    assert "5 times in a row" in str(found.stopped)
    assert not clerk.batches  # the page waits for its pictures
    found = clerk.recover(pictures=True)
    assert found.pictures == 4
    assert len(responses(clerk.batches[0])) == 5


# ---- going on --------------------------------------------------------------------------------------------------------


def test_a_second_run_asks_for_nothing(web: WebArchive, clerk: Clerk) -> None:
    web.hold("20100301120000", "/story/1", story())
    web.hold(
        "20100302120000", "/gone", "<html><title>404 Not Found</title><h1>404 Not Found</h1></html>" + "<p>x</p>" * 99
    )
    clerk.recover()
    asked = len(web.asked)
    again = clerk.recover()
    assert len(web.asked) == asked
    assert (again.kept, again.known, again.places) == (0, 2, ())


def test_what_was_fetched_is_known_without_the_cache(web: WebArchive, clerk: Clerk) -> None:
    web.hold("20100301120000", "/story/1", story())
    clerk.recover()
    for file in sorted((clerk.root / ".backfile").rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    clerk.recover()
    assert len(web.fetched) == 1
    assert len(web.listings) == 2


class Killed(BaseException):
    """The process is no more."""


@pytest.mark.parametrize("after", range(1, 7))
def test_a_killed_run_goes_on_where_it_was(
    web: WebArchive, clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    web.most = 2
    for number in range(1, 4):
        time, picture = f"2010030{number}120000", f"/pic/{number}.png"
        web.hold(time, f"/story/{number}", story(number).replace("<p>", f'<img src="{picture}"><p>', 1))
        web.hold(time, picture, b"\x89PNG" + bytes([number]), headers={"Content-Type": "image/png"}, listed=False)
    whole = Clerk(web, tmp_path / "whole")
    whole.recover(pictures=True)
    asked, web.asked = sorted(web.asked), []
    with monkeypatch.context() as patch:
        patch.setattr(ledger.Ledger, "close", lambda _: None)  # nothing is put in order when a process is killed
        patch.setattr(clerk, "waits", _Deadly(after))
        with pytest.raises(Killed):
            clerk.recover(pictures=True)
    clerk.recover(pictures=True)
    assert sorted(web.asked) == asked
    assert [file.read_bytes() for file in clerk.batches] == [file.read_bytes() for file in whole.batches]


class _Deadly(list[float]):
    """Waits that somebody does not survive."""

    def __init__(self, after: int, ending: type[BaseException] = Killed) -> None:
        super().__init__()
        self._left, self._ending = after, ending

    def append(self, seconds: float) -> None:
        self._left -= 1
        if self._left < 0:
            raise self._ending
        super().append(seconds)


def test_a_run_that_was_killed_while_its_batch_was_put_in_place_does_not_keep_it_twice(
    web: WebArchive, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.hold("20100301120000", "/story/1", story())

    def killed(_: Journal) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "clear", killed)
        with pytest.raises(Killed):
            clerk.recover()
    web.hold("20100302120000", "/story/2", story(2))
    clerk.recover(ways=clerk.ways(relist=True))
    assert kept(clerk) == ["2010-03-01 /story/1", "2010-03-02 /story/2"]
    assert len(web.fetched) == 2


def test_a_run_that_a_person_stops_keeps_what_it_has(
    web: WebArchive, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.hold("20100301120000", "/story/1", story())
    web.hold("20100302120000", "/story/2", story(2))
    with monkeypatch.context() as patch:
        patch.setattr(clerk, "waits", _Deadly(1, KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            clerk.recover()
    assert kept(clerk) == ["2010-03-01 /story/1"]
    assert clerk.recover().kept == 1


def test_two_runs_for_one_site_do_not_meet(web: WebArchive, clerk: Clerk) -> None:
    web.hold("20100301120000", "/story/1", story())
    clerk.recover()
    with Journal(next((clerk.root / ".backfile").rglob("asked"))), pytest.raises(BusyError):
        clerk.recover()


def test_a_limit_ends_a_run_and_the_next_goes_on(web: WebArchive, clerk: Clerk) -> None:
    for number in range(1, 6):
        web.hold(f"2010030{number}120000", f"/story/{number}", story(number))
    assert clerk.recover(limit=2).kept == 2
    assert clerk.recover(limit=2).kept == 2
    assert clerk.recover(limit=2).kept == 1
    assert len(web.fetched) == 5


def test_a_survey_asks_the_index_only_and_once(web: WebArchive, clerk: Clerk) -> None:
    for number in range(1, 4):
        web.hold(f"2010030{number}120000", f"/story/{number}", story(number))
        web.hold("20100401000000", f"/pic/{number}.png", b"...", mime="image/png")
    found = clerk.survey()
    assert (found.captures, found.addresses, found.known) == (6, 3, 0)
    assert (found.first, found.last) == ("20100301120000", "20100303120000")
    assert found.seconds == pytest.approx(3 * 1.25)
    assert found.size > 900
    clerk.recover(limit=1)
    assert clerk.survey().known == 1
    assert len(web.listings) == 1
    clerk.survey(ways=clerk.ways(relist=True))
    assert len(web.listings) == 2


# ---- what goes wrong -------------------------------------------------------------------------------------------------


def test_it_waits_as_long_as_it_is_told_and_goes_slower_then(web: WebArchive, clerk: Clerk) -> None:
    web.hold("20100301120000", "/story/1", story())
    web.hold("20100302120000", "/story/2", story(2))
    web.fail("/story/1", answers(429, Retry_After="7"))
    assert clerk.recover().kept == 2
    assert clerk.waits == [0.25, 7.0, 1.0, 1.0]
    assert any("slow down" in one for one in clerk.remarks)


def test_a_date_to_wait_for_is_measured_from_the_answers_own(web: WebArchive, clerk: Clerk) -> None:
    web.hold("20100301120000", "/story/1", story())
    then, now = "Sun, 06 Nov 1994 08:50:20 GMT", "Sun, 06 Nov 1994 08:49:37 GMT"
    web.fail("/story/1", answers(429, Date=now, Retry_After=then))
    clerk.recover()
    assert 43.0 in clerk.waits


def test_where_it_is_told_to_pause_for_long_it_stops_and_says_so(web: WebArchive, clerk: Clerk) -> None:
    web.hold("20100301120000", "/story/1", story())
    web.hold("20100302120000", "/story/2", story(2))
    web.fail("/story/2", answers(429, Retry_After="86400"))
    found = clerk.recover()
    assert found.stopped is not None
    assert "86400 seconds" in str(found.stopped)
    assert kept(clerk) == ["2010-03-01 /story/1"]  # what was fetched until then stays
    assert clerk.recover().kept == 1


def test_where_it_is_told_to_slow_down_again_and_again_it_stops(web: WebArchive, clerk: Clerk) -> None:
    web.hold("20100301120000", "/story/1", story())
    web.fail("/story/1", *[answers(429)] * 9)
    found = clerk.recover()
    assert "asks us to pause" in str(found.stopped)
    assert clerk.waits.count(60.0) == 2


@pytest.mark.parametrize(
    "fault", [answers(503), answers(500), breaks_off(), hangs_up], ids=["503", "500", "cut", "none"]
)
def test_what_fails_once_is_asked_for_again(web: WebArchive, clerk: Clerk, fault: Fault) -> None:
    web.hold("20100301120000", "/story/1", story())
    web.fail("/story/1", fault, fault)
    assert clerk.recover().kept == 1
    assert [wait for wait in clerk.waits if wait >= 1] == [5.0, 15.0]
    assert [body for _, _, body in responses(clerk.batches[0])] == [story().encode()]


def test_a_page_that_fails_always_is_told_and_asked_for_by_the_next_run(web: WebArchive, clerk: Clerk) -> None:
    web.hold("20100301120000", "/story/1", story())
    web.hold("20100302120000", "/story/2", story(2))
    web.fail("/story/1", *[answers(503)] * 3)
    found = clerk.recover()
    assert (found.kept, codes(found)) == (1, ["memento-missing"])
    assert clerk.recover().kept == 1


def test_where_page_after_page_fails_it_stops(web: WebArchive, clerk: Clerk) -> None:
    for number in range(1, 10):
        web.hold(f"2010030{number}120000", f"/story/{number}", story(number))
    web.fail("id_/", *[answers(502)] * 999)
    found = clerk.recover()
    assert "5 times in a row" in str(found.stopped)
    assert len(web.fetched) == 15


def test_a_capture_of_an_error_is_not_an_error_of_the_archive(web: WebArchive, clerk: Clerk) -> None:
    web.hold("20100301120000", "/story/1", "<h1>Service Unavailable</h1>", status=200)
    web.shots[0].status = 503
    web.shots.append(type(web.shots[0])("20100301120000", f"http://www.{HOST}/story/1", b"", held=False))
    found = clerk.recover()
    assert found.verdicts == {"error-page": 1}
    assert len(web.fetched) == 1


def test_a_refused_connection_says_what_to_do(web: WebArchive, clerk: Clerk) -> None:
    web.hold("20100301120000", "/story/1", story())
    ways = clerk.ways(endpoint="http://127.0.0.1:9/cdx/search/cdx")
    found = clerk.recover(ways=ways)
    assert isinstance(found.stopped, NetworkError)
    assert "refuses connections" in str(found.stopped)
    assert "--delay" in str(found.stopped)
    assert [wait for wait in clerk.waits if wait >= 1] == [5.0, 15.0, 45.0, 90.0]


def test_a_certificate_that_cannot_be_trusted_ends_it_at_once(web: WebArchive, clerk: Clerk) -> None:
    found = clerk.recover(ways=clerk.ways(endpoint=web.endpoint.replace("http://", "https://")))
    assert "certificate" in str(found.stopped)
    assert not clerk.waits


def test_a_page_that_is_too_large_is_told(web: WebArchive, clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "PAGE_BYTES", 500)
    web.hold("20100301120000", "/story/1", story())
    found = clerk.recover()
    assert (found.verdicts, codes(found)) == ({"too-large": 1}, ["too-large"])


# ---- the index -------------------------------------------------------------------------------------------------------


def test_the_index_is_asked_page_by_page_for_all_that_it_has(web: WebArchive, clerk: Clerk) -> None:
    web.most = 2
    for number in range(1, 8):
        web.hold(f"2010030{number}120000", f"/story/{number}", story(number))
    assert clerk.recover().kept == 7
    assert len(web.listings) == 4
    assert all("filter" not in query and "collapse" not in query and "fl" not in query for query in web.listings)
    assert web.listings[0]["matchType"] == ["host"]


def test_an_index_that_goes_round_in_a_circle_is_left_and_told(web: WebArchive, clerk: Clerk) -> None:
    web.most = 2
    web.keys = lambda _: "example%2Ctidenews%29%2Fstory%2F1+20100101000000%21"
    for number in range(1, 8):
        web.hold(f"2010030{number}120000", f"/story/{number}", story(number))
    found = clerk.recover()
    assert "index-cut" in codes(found)
    assert len(web.listings) == 2


@pytest.mark.parametrize(
    "fault",
    [answers(200, b"<html><h1>503 Service Unavailable</h1></html>"), answers(200, b'[["urlkey","timestamp"'), answers(503), breaks_off(), hangs_up],
)  # fmt: skip
def test_an_index_that_gives_rubbish_is_asked_again(web: WebArchive, clerk: Clerk, fault: Fault) -> None:
    web.hold("20100301120000", "/story/1", story())
    web.fail("/cdx?", fault)
    assert clerk.recover().kept == 1


def test_an_index_may_come_packed(web: WebArchive, clerk: Clerk) -> None:
    web.hold("20100301120000", "/story/1", story())
    rows = json.dumps(
        [["timestamp", "original", "mimetype", "statuscode"], ["20100301120000", web.shots[0].url, "text/html", "200"]]
    )
    web.fail("/cdx?", answers(200, gzip.compress(rows.encode()), Content_Encoding="gzip"))
    assert clerk.recover().kept == 1


def test_an_index_that_gives_only_rubbish_ends_it(web: WebArchive, clerk: Clerk) -> None:
    web.fail("/cdx?", *[answers(200, b"<html>")] * 9)
    assert "no answer that can be read" in str(clerk.recover().stopped)


def test_an_empty_answer_is_believed_the_second_time(web: WebArchive, clerk: Clerk) -> None:
    web.hold("20100301120000", "/story/1", story())
    web.fail("/cdx?", answers(200, b"[]"))
    assert clerk.recover().kept == 1
    with pytest.raises(UsageError, match="lists no captures"):
        clerk.recover("nobody.example")


@pytest.mark.parametrize(("word", "why"), [("Administrative", "somebody's request"), ("Robot", "robots.txt")])
def test_a_site_that_the_archive_does_not_show_is_said_to_be_one(
    web: WebArchive, clerk: Clerk, word: str, why: str
) -> None:
    said = f"org.archive.wayback.exception.{word}AccessControlException: Blocked Site Error".encode()
    web.fail("/cdx?", answers(403, said))
    with pytest.raises(UsageError, match=why):
        clerk.recover()


def test_an_address_that_is_no_index_is_said_to_be_none(web: WebArchive, clerk: Clerk) -> None:
    web.fail("/cdx?", answers(404, b"<html>Not here</html>"))
    assert "--endpoint" in str(clerk.recover().stopped)


def test_another_archives_index_is_understood(web: WebArchive, clerk: Clerk) -> None:
    web.pywb = True
    web.hold("20100301120000", "/story/1", story())
    web.hold("20100302120000", "/pic/1.png", b"...", mime="image/png")
    assert clerk.recover().kept == 1
    assert clerk.batches[0].name.startswith("20100301120000")
    with pytest.raises(UsageError, match="lists no captures"):
        clerk.recover("nobody.example")


def test_an_index_without_keys_is_asked_for_more_at_once(
    web: WebArchive, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.wayback.index.ROWS", 2)
    web.pywb = True
    for number in range(1, 8):
        web.hold(f"2010030{number}120000", f"/story/{number}", story(number))
    assert clerk.recover().kept == 7
    assert [query["limit"] for query in web.listings] == [["2"], ["20"]]


# ---- which captures --------------------------------------------------------------------------------------------------


def test_a_capture_that_is_not_there_leads_to_the_next_one(web: WebArchive, clerk: Clerk) -> None:
    web.hold("20100301120000", "/story/1", story(7), held=False)
    web.fail("20100301120000", answers(404))
    web.hold("20110101120000", "/story/1", story(8))
    found = clerk.recover()
    assert found.verdicts == {"missing": 1, "kept": 1}
    assert codes(found) == ["memento-missing"]
    assert kept(clerk) == ["2011-01-01 /story/1"]


def test_a_redirect_to_another_time_is_followed_and_that_time_is_kept(web: WebArchive, clerk: Clerk) -> None:
    web.hold("20100301120000", "/story/1", story(), held=False)
    web.hold("20100302090000", "/story/1", story(), listed=False)
    assert clerk.recover().kept == 1
    assert kept(clerk) == ["2010-03-02 /story/1"]


def test_a_redirect_to_a_time_that_is_not_wanted_is_not(web: WebArchive, clerk: Clerk) -> None:
    web.hold("20100301120000", "/story/1", story(), held=False)
    web.hold("20160302090000", "/story/1", story(), listed=False)
    assert clerk.recover(until="2012").verdicts == {"another-time": 1}
    web.pywb = True  # which gives the nearest without a word
    assert clerk.recover(until="2012").verdicts == {"another-time": 1}


@pytest.mark.parametrize(
    ("target", "verdict"),
    [("http://{host}/", "home"), ("http://{host}/story/9", "moved"), ("http://{host}/index.html", "home")],
)
def test_a_redirect_of_the_sites_own_is_no_page(web: WebArchive, clerk: Clerk, target: str, verdict: str) -> None:
    web.hold("20100301120000", "/story/1", story(), held=False)
    location = f"{web.replay}20100301120000id_/{target.format(host=HOST)}"
    web.fail("/story/1", answers(302, Location=location, Memento_Datetime="Mon, 01 Mar 2010 12:00:00 GMT"))
    assert clerk.recover().verdicts == {verdict: 1}
    assert len(web.fetched) == 1


def test_nothing_outside_the_archive_is_ever_asked(web: WebArchive, clerk: Clerk) -> None:
    web.hold("20100301120000", "/story/1", story())
    web.fail(
        "/story/1", answers(302, Location=f"http://127.0.0.2:{web.port}/web/20100301120000id_/http://{HOST}/story/1")
    )
    found = clerk.recover()
    assert (found.verdicts, codes(found)) == ({}, ["memento-missing"])
    assert clerk.recover().kept == 1


@pytest.mark.parametrize(
    "notice",
    [answers(200, story().encode(), Content_Type="text/html"), answers(403, b"<h1>Forbidden</h1>"), answers(400), answers(302, Location="/offline"), answers(302, Location="http://[::1/")],
)  # fmt: skip
def test_a_notice_of_the_archives_own_is_no_memento_and_settles_nothing(
    web: WebArchive, clerk: Clerk, notice: Fault
) -> None:
    web.hold("20100301120000", "/story/1", story())
    web.fail("/story/1", notice)
    assert clerk.recover().kept == 0
    assert clerk.recover().kept == 1


@pytest.mark.parametrize("said", [b"This URL has been excluded from the Wayback Machine.", b"Blocked by robots.txt"])
def test_a_page_that_the_archive_does_not_show_is_told(web: WebArchive, clerk: Clerk, said: bytes) -> None:
    web.hold("20100301120000", "/story/1", story())
    web.fail("/story/1", answers(403, said))
    found = clerk.recover()
    assert (found.verdicts, codes(found)) == ({"excluded": 1}, ["memento-missing"])


def test_a_page_called_something_else_is_a_page(web: WebArchive, clerk: Clerk) -> None:
    web.hold("20100301120000", "/story/1", story(), mime="unk", headers={"Content-Type": "application/octet-stream"})
    assert clerk.recover().kept == 1


def test_every_version_is_fetched_where_that_is_wanted(web: WebArchive, clerk: Clerk) -> None:
    for number, time in enumerate(("20100301120000", "20110301120000", "20120301120000"), start=1):
        web.hold(time, "/story/1", story(number))
    web.hold("20130301120000", "/story/1", story(3), mime="warc/revisit")
    assert clerk.recover().kept == 1
    assert clerk.recover(every_version=True).kept == 2
    assert kept(clerk) == ["2010-03-01 /story/1", "2011-03-01 /story/1", "2012-03-01 /story/1"]


def test_bounds_and_paths_are_kept_to(web: WebArchive, clerk: Clerk) -> None:
    for year in (2009, 2010, 2011):
        web.hold(f"{year}0301120000", f"/news/{year}", story(year))
        web.hold(f"{year}0401120000", f"/sport/{year}", story(year + 50))
    clerk.recover(since="2010", until="2010-12-31", match="/news/")
    assert kept(clerk) == ["2010-03-01 /news/2010"]
    assert web.listings[0]["url"] == [f"{HOST}/news/"]
    assert web.listings[0]["matchType"] == ["prefix"]


def test_one_page_under_many_addresses_is_one_page(web: WebArchive, clerk: Clerk) -> None:
    for url in (
        f"http://{HOST}/story/1", f"https://www.{HOST}/story/1/", f"http://www.{HOST}:80/story/1?utm_source=feed", f"http://{HOST}/story/1#top",
    ):  # fmt: skip
        web.hold("20100301120000", url, story())
    assert clerk.recover().kept == 1
    assert len(web.fetched) == 1


# ---- what is no page -------------------------------------------------------------------------------------------------


def test_what_is_no_page_is_left_counted_and_told(web: WebArchive, clerk: Clerk) -> None:
    furniture = "".join(f"<li><a href='/n/{number}'>News {number}</a>" for number in range(60))
    web.hold("20100301120000", "/story/1", story())
    web.hold(
        "20100302120000", "/story/2", f"<html><title>Page not found | Tide News</title><ul>{furniture}</ul></html>"
    )
    web.hold(
        "20180302120000",
        "/story/3",
        f"<html><title>{HOST}</title><h2>This domain may be for sale!</h2><ul>{furniture}</ul></html>",
    )
    web.hold(
        "20100304120000",
        "/story/4",
        "<html><meta http-equiv=refresh content='0; url=/'><p>One moment</p></html>" + " " * 600,
    )
    web.hold("20100305120000", "/story/5", "<html></html>")
    web.hold("20100306120000", "/story/6", b"%PDF-1.4 ...", headers={"Content-Type": "application/pdf"})
    found = clerk.recover()
    assert found.verdicts == {"kept": 1, "not-found": 1, "parked": 1, "home": 1, "tiny": 1, "not-html": 1}
    assert codes(found) == ["memento-skipped"] * 5
    assert kept(clerk) == ["2010-03-01 /story/1"]


def test_the_same_bytes_at_many_addresses_are_asked_for_once_and_never_first(web: WebArchive, clerk: Clerk) -> None:
    shell = (
        "<html><title>Tide News</title><p>Welcome to the new Tide News, where all the harbour meets.</p></html>"
        + " " * 600
    )
    for number in range(10):
        web.hold("20100101120000", f"/story/{number}", shell)
    web.hold("20110101120000", "/story/3", story(3))
    found = clerk.recover()
    assert len(web.fetched) == 2
    assert kept(clerk) == ["2010-01-01 /story/0", "2011-01-01 /story/3"]
    assert "9 other addresses" in found.findings[0].message


def test_all_is_kept_where_that_is_wanted(web: WebArchive, clerk: Clerk) -> None:
    for number in range(10):
        web.hold("20100101120000", f"/story/{number}", "<html><title>404 Not Found</title></html>")
    found = clerk.recover(keep_all=True)
    assert found.verdicts == {"kept": 10}


def test_who_wants_all_after_all_gets_what_was_left_before(web: WebArchive, clerk: Clerk) -> None:
    web.hold("20100301120000", "/story/1", story())
    web.hold("20100101120000", "/story/2", "<html><title>404 Not Found</title></html>")
    assert clerk.recover().verdicts == {"kept": 1, "not-found": 1}
    assert clerk.recover(keep_all=True).verdicts == {"kept": 1}
    assert clerk.recover(keep_all=True).verdicts == {}
    assert sorted(kept(clerk)) == ["2010-01-01 /story/2", "2010-03-01 /story/1"]
