"""Files and folders into captures: what is taken, what is left out, what is said about it."""

import json
import os
import zipfile
from hashlib import sha256

import pytest

from generator import readers
from generator.errors import Finding
from generator.model import Capture, Moment
from generator.readers import plain
from tests.samples import FERRY

PAGE = b"<!doctype html><html><body><h1>Harbour</h1><p>Words.</p></body></html>"


def codes(findings):
    return [finding.code for finding in findings]


def test_a_page_becomes_one_capture_named_as_told(tmp_path):
    file = tmp_path / "a.html"
    file.write_bytes(PAGE)
    captures, findings = readers.captures(file, "day/a.html")
    assert codes(findings) == []
    assert [capture.body for capture in captures] == [PAGE]
    assert captures[0].origin.path == "day/a.html"
    assert captures[0].origin.digest == sha256(PAGE).hexdigest()
    assert readers.digest(file) == sha256(PAGE).hexdigest()
    assert not readers.is_bulk(file)


@pytest.mark.parametrize(
    ("name", "body", "media_type"),
    [
        ("a.HTM", PAGE, "text/html"),
        ("noending", PAGE, "text/html"),
        ("a.txt", PAGE, "text/html"),
        ("a.txt", b"Harbour\n\nWords of the story.", "text/plain"),
        ("a.TEXT", "标题\n\n正文".encode("utf-16"), "text/plain"),
        ("a.html", "<p>标题</p>".encode("utf-16-le"), "text/html"),
    ],
)
def test_bytes_say_more_than_names(tmp_path, name, body, media_type):
    file = tmp_path / name
    file.write_bytes(body)
    captures, _ = readers.captures(file, name)
    assert [capture.media_type for capture in captures] == [media_type]


@pytest.mark.parametrize(
    "body",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(90),
        b"\x7fELF",
        bytes(range(9)) * 99,
    ],
)
def test_what_is_no_text_is_not_a_page_whatever_its_name(tmp_path, body):
    file = tmp_path / "a.html"
    file.write_bytes(body)
    assert codes(readers.captures(file, "a.html")[1]) == ["not-a-page"]


NOISE = b"".join(sha256(bytes([number])).digest() for number in range(100))


@pytest.mark.parametrize("name", ["a.html", "a.txt"])
@pytest.mark.parametrize("body", [NOISE, b"\xff\xfe" + NOISE, NOISE[:200]])
def test_bytes_that_are_letters_in_no_charset_are_not_a_page(tmp_path, name, body):
    file = tmp_path / name
    file.write_bytes(body)
    assert codes(readers.captures(file, name)[1]) == ["not-a-page"]


@pytest.mark.parametrize("name", ["a.html", "a.txt"])
@pytest.mark.parametrize(
    ("words", "charset"),
    [
        ("港口今天早上重新开放，渡轮照常开行。", "gb18030"),
        ("港口今天早上重新開放，渡輪照常開行。", "big5"),
        ("港は今朝ふたたび開き、渡し船が出た。", "shift_jis"),
        ("港は今朝ふたたび開き、渡し船が出た。", "iso2022_jp"),
        ("항구가 오늘 아침 다시 문을 열었다.", "euc_kr"),
        ("Порт снова открыт с сегодняшнего утра.", "koi8-r"),
        ("港口今天早上重新开放，渡轮照常开行。", "utf-16"),
    ],
)
def test_text_without_markup_is_read_in_any_charset(tmp_path, name, words, charset):
    file = tmp_path / name
    file.write_bytes((words * 9).encode(charset))
    assert codes(readers.captures(file, name)[1]) == []


@pytest.mark.parametrize("body", [b"", b" \r\n\t ", b"\xef\xbb\xbf\n"])
def test_an_empty_file_is_said_to_be_empty(tmp_path, body):
    file = tmp_path / "a.html"
    file.write_bytes(body)
    found = readers.captures(file, "a.html")[1]
    assert codes(found) in (["empty-file"], []) if body.startswith(b"\xef") else codes(found) == ["empty-file"]


def test_a_file_over_the_limit_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(readers, "MAX_FILE_BYTES", 10)
    file = tmp_path / "a.html"
    file.write_bytes(PAGE)
    assert codes(readers.captures(file, "a.html")[1]) == ["too-large"]
    assert readers.digest(file) is None


def test_a_missing_file_and_a_named_pipe_are_reported_not_waited_for(tmp_path):
    assert codes(readers.captures(tmp_path / "gone.html", "gone.html")[1]) == ["file-unreadable"]
    pipe = tmp_path / "pipe.html"
    os.mkfifo(pipe)
    assert codes(readers.captures(pipe, "pipe.html")[1]) == ["file-skipped"]
    assert readers.digest(pipe) is None


def test_a_folder_gives_its_pages_sorted_by_the_name_they_are_called_by(tmp_path):
    for name in ("b.html", "deep/er/a.htm", "c.txt", "bare"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(PAGE)
    files, findings = readers.discover([tmp_path])
    assert [name for _, name in files] == ["b.html", "bare", "c.txt", "deep/er/a.htm"]
    assert findings == ()


def test_parts_of_a_page_are_passed_over_in_silence(tmp_path):
    (tmp_path / "story_files").mkdir()
    (tmp_path / "story_files" / "frame.html").write_bytes(PAGE)
    (tmp_path / "story.html").write_bytes(PAGE)
    (tmp_path / "other_files").mkdir()
    (tmp_path / "other_files" / "page.html").write_bytes(PAGE)
    files, findings = readers.discover([tmp_path])
    assert [name for _, name in files] == ["other_files/page.html", "story.html"]
    assert findings == ()


def test_hidden_files_links_and_other_kinds_are_skipped_with_a_remark(tmp_path):
    (tmp_path / "a.html").write_bytes(PAGE)
    (tmp_path / ".hidden.html").write_bytes(PAGE)
    (tmp_path / "style.css").write_bytes(b"p { color: red }")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "nowhere.html").symlink_to(tmp_path / "gone")
    files, findings = readers.discover([tmp_path])
    assert [name for _, name in files] == ["a.html"]
    assert [(finding.code, finding.where) for finding in findings] == [
        ("file-skipped", ".hidden.html"), ("file-skipped", "loop"), ("file-skipped", "nowhere.html"), ("file-skipped", "style.css"),
    ]  # fmt: skip


def test_a_link_given_directly_is_followed(tmp_path):
    (tmp_path / "a.html").write_bytes(PAGE)
    (tmp_path / "link.html").symlink_to(tmp_path / "a.html")
    files, _ = readers.discover([tmp_path / "link.html"])
    assert readers.captures(*files[0])[0][0].body == PAGE


def test_a_folder_without_pages_is_an_error(tmp_path):
    (tmp_path / "data.json").write_text("[]")
    assert codes(readers.discover([tmp_path])[1]) == ["file-skipped", "no-pages"]


def test_a_name_with_a_line_break_is_called_by_a_name_that_can_be_printed(tmp_path):
    (tmp_path / "a\nb.html").write_bytes(PAGE)
    files, _ = readers.discover([tmp_path])
    assert files[0][1] == "a\ufffdb.html"
    assert readers.captures(*files[0])[0][0].body == PAGE


def stamped(comment, tmp_path):
    file = tmp_path / "a.html"
    file.write_text(f"<!DOCTYPE html>\n{comment}\n<html><body><p>Words</p></body></html>", "utf-8")
    return readers.captures(file, "a.html")[0][0]


@pytest.mark.parametrize(
    ("comment", "url", "captured"),
    [
        ("<!-- saved from url=(0030)https://paper.example/2024/a -->", "https://paper.example/2024/a", None),
        (
            "<!--\n Page saved with SingleFile \n url: https://paper.example/a?b=1 \n saved date: Tue Mar 05 2024 09:30:00 GMT+0100 (Central European Standard Time)\n-->",
            "https://paper.example/a?b=1",
            "2024-03-05T09:30:00+01:00",
        ),
        (
            "<!-- Mirrored from paper.example/a.html by HTTrack Website Copier/3.x [XR&CO'2014], Tue, 05 Mar 2024 09:30:00 GMT -->",
            "http://paper.example/a.html",
            "2024-03-05T09:30:00+00:00",
        ),
        ("<!-- Saved from https://paper.example/a at 2024-03-05T09:30:00Z using monolith v2 -->", "https://paper.example/a", "2024-03-05T09:30:00+00:00"),
        (
            "<!-- saved from url=(0060)https://web.archive.org/web/20240305093000/https://paper.example/a -->",
            "https://paper.example/a",
            "2024-03-05T09:30:00+00:00",
        ),
        ('<script>__wm.wombat("https://paper.example/a","20240305093000","https://web.archive.org/")</script>', "https://paper.example/a", "2024-03-05T09:30:00+00:00"),
        ("<!-- saved from url=(0020)javascript:alert(1) -->", None, None),
        ("<!-- saved from url=(0020)file:///etc/passwd -->", None, None),
        ('<!--\n Page saved with SingleFile \n url: https://x"><script> \n saved date: Tue Foo 99 2024 09:30:00\n-->', None, None),
    ],
)  # fmt: skip
def test_what_the_tool_states_is_believed_where_it_is_a_web_address(tmp_path, comment, url, captured):
    capture = stamped(comment, tmp_path)
    assert capture.url == url
    assert capture.captured == (Moment.parse(captured) if captured else None)


@pytest.mark.parametrize(
    "body", [b"%PDF-1.7 words", b"PK\x03\x04rest", b"\x1f\x8b\x08", b"WARC/1.0\r\nWARC-Type: resp"]
)
def test_a_damaged_file_of_a_known_format_is_said_to_be_damaged_whatever_its_name(tmp_path, body):
    file = tmp_path / "a.html"
    file.write_bytes(body)
    captures, findings = readers.captures(file, "a.html")
    assert not captures
    assert "error" in {finding.severity for finding in findings}
    assert all(finding.where.startswith("a.html") for finding in findings)


def test_what_lies_behind_an_exports_own_file_is_no_page_of_its_own(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "ferry.html").write_bytes(PAGE)
    listed = [{"id": "1", "slug": "ferry", "title": "Ferry", "url": "https://ledger.example/1", "readingProgress": 0}]
    (tmp_path / "metadata_0_to_20.json").write_text(json.dumps(listed))
    assert [name for _, name in readers.discover([tmp_path])[0]] == ["metadata_0_to_20.json"]
    (tmp_path / "metadata_0_to_20.json").write_text("{}")
    assert "content/ferry.html" in [name for _, name in readers.discover([tmp_path])[0]]


class Counted:
    """A reader that sees all texts of one file, and speaks once more when it has seen them."""

    def __init__(self):
        self.seen = 0

    def read(self, file, origin, near):
        self.seen += 1
        return plain.read(file, origin, near)

    def left(self):
        return (Finding("file-skipped", "all", f"{self.seen} were seen"),)


def test_any_reader_can_read_what_lies_in_one_file_together(tmp_path, monkeypatch):
    monkeypatch.setattr(readers, "TOGETHER", {plain: Counted})
    with zipfile.ZipFile(tmp_path / "heap.zip", "w") as heap:
        for name in ("a.txt", "b.txt"):
            heap.writestr(name, "\n\n".join(FERRY))
    found = list(readers.read(tmp_path / "heap.zip", "heap.zip"))
    assert [type(one) for one in found] == [Capture, Capture, Finding]
    assert str(found[-1]) == str(Finding("file-skipped", "all", "2 were seen"))
