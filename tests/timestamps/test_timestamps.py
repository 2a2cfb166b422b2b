"""Time stamps against an authority made here: OpenSSL answers on loopback, and nobody else is asked."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from generator import timestamps
from generator.errors import NetworkError, UsageError

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="the authority in these tests is made with openssl")

CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = Tide authority
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[leaf]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = stamps
[stamps]
serial = serial
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
signer_digest = sha256
ess_cert_id_alg = sha256
"""


class Authority:
    """A time-stamping authority with a root of its own; `answer` may be replaced to have it misbehave."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "openssl.cnf").write_text(CONFIG, "utf-8")
        (folder / "serial").write_text("01", "utf-8")
        self.openssl("req", "-x509", "-config", "openssl.cnf", "-extensions", "root", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                     "-nodes", "-keyout", "root.key", "-out", "root.pem", "-days", "3650", "-subj", "/CN=Tide root")  # fmt: skip
        self.openssl("req", "-config", "openssl.cnf", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                     "-keyout", "leaf.key", "-out", "leaf.csr", "-subj", "/CN=Tide stamps")  # fmt: skip
        self.openssl("x509", "-req", "-in", "leaf.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-out", "leaf.pem",
                     "-days", "3650", "-extfile", "openssl.cnf", "-extensions", "leaf")  # fmt: skip
        self.answer = self.stamp
        authority = self

        class Asked(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = authority.answer(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *words: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Asked)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"

    def openssl(self, *words: str) -> None:
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)

    def stamp(self, query: bytes) -> bytes:
        (self.folder / "query.tsq").write_bytes(query)
        self.openssl("ts", "-reply", "-config", "openssl.cnf", "-queryfile", "query.tsq", "-signer", "leaf.pem", "-inkey", "leaf.key", "-out", "answer.tsr")  # fmt: skip
        return (self.folder / "answer.tsr").read_bytes()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    made = Authority(tmp_path_factory.mktemp("authority"))
    thread = threading.Thread(target=made.server.serve_forever)
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def test_a_stamp_says_when(authority: Authority) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    stamp = timestamps.request(b"the root", authority.url)
    at = timestamps.check(stamp, b"the root", authority.folder / "root.pem")
    assert at is not None
    assert before <= at.astimezone(UTC) <= datetime.now(UTC)


def test_openssl_agrees(authority: Authority, tmp_path: Path) -> None:
    (tmp_path / "stamp.tsr").write_bytes(timestamps.request(b"the root", authority.url))
    (tmp_path / "message").write_bytes(b"the root")
    authority.openssl(
        "ts", "-verify", "-data", str(tmp_path / "message"), "-in", str(tmp_path / "stamp.tsr"), "-CAfile", "root.pem"
    )


def test_another_text_was_not_stamped(authority: Authority) -> None:
    stamp = timestamps.request(b"the root", authority.url)
    assert timestamps.check(stamp, b"the boot", authority.folder / "root.pem") is None


def test_a_stranger_among_authorities_does_not_count(authority: Authority, tmp_path: Path) -> None:
    stamp = timestamps.request(b"the root", authority.url)
    other = Authority(tmp_path)
    other.server.server_close()
    assert timestamps.check(stamp, b"the root", tmp_path / "root.pem") is None


@pytest.mark.parametrize("answer", [b"", b"<html>no authority</html>"])
def test_an_answer_that_is_no_stamp_is_told(
    authority: Authority, monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    monkeypatch.setattr(authority, "answer", lambda _: answer)
    with pytest.raises(NetworkError, match="not with a time stamp"):
        timestamps.request(b"the root", authority.url)


def test_a_stamp_of_something_else_is_refused(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    timestamps.request(b"another", authority.url)
    kept = (authority.folder / "answer.tsr").read_bytes()
    monkeypatch.setattr(authority, "answer", lambda _: kept)
    with pytest.raises(NetworkError, match="something else"):
        timestamps.request(b"the root", authority.url)


def test_an_authority_that_is_not_there_is_told() -> None:
    with pytest.raises(NetworkError):
        timestamps.request(b"x", "http://127.0.0.1:9/")


def test_garbage_was_not_stamped(authority: Authority) -> None:
    assert timestamps.check(b"garbage", b"x", authority.folder / "root.pem") is None


def test_certificates_that_are_none_are_told(tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_text("x", "utf-8")
    with pytest.raises(UsageError, match=r"root\.pem: cannot be read"):
        timestamps.check(b"", b"x", tmp_path / "root.pem")


def test_without_the_extra_the_message_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    with pytest.raises(UsageError, match=r"backfile\[timestamp\]"):
        timestamps.request(b"x", "http://127.0.0.1:9/")
