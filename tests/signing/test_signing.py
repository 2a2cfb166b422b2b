"""The root is signed by OpenSSH's own tool, and only what was signed by somebody allowed counts."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator import signing
from generator.errors import UsageError


def key(folder: Path, name: str) -> Path:
    """A key made on the spot, without a passphrase."""
    file = folder / name
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", file], check=True)
    return file


def allowed(folder: Path, *keys: Path) -> Path:
    lines = [f"{one.name}@tide.example {one.with_suffix('.pub').read_text('utf-8')}" for one in keys]
    file = folder / "signers"
    file.write_text("".join(lines), "utf-8")
    return file


@pytest.fixture
def signed(tmp_path: Path) -> tuple[Path, Path]:
    mine = key(tmp_path, "jane")
    signature = tmp_path / "checkpoint.sig"
    signature.write_bytes(signing.sign(b"the root", mine))
    return signature, allowed(tmp_path, key(tmp_path, "roe"), mine)


def test_a_signature_names_its_signer(signed: tuple[Path, Path]) -> None:
    assert signing.check_signature(b"the root", *signed) == "jane@tide.example"


def test_another_text_is_not_signed(signed: tuple[Path, Path]) -> None:
    assert signing.check_signature(b"the boot", *signed) is None


def test_a_stranger_is_no_allowed_signer(signed: tuple[Path, Path], tmp_path: Path) -> None:
    assert signing.check_signature(b"the root", signed[0], allowed(tmp_path, tmp_path / "roe")) is None


def test_what_is_no_key_is_told(tmp_path: Path) -> None:
    (tmp_path / "none").write_text("x", "utf-8")
    with pytest.raises(UsageError, match="--sign: "):
        signing.sign(b"x", tmp_path / "none")


def test_signers_that_are_not_there_are_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        signing.check_signature(b"x", tmp_path / "sig", tmp_path / "signers")


def test_a_machine_without_openssh_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="ssh-keygen was not found"):
        signing.sign(b"x", tmp_path / "key")
