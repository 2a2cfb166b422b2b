"""The seal's root signed with an SSH key, and the signature checked, by OpenSSH's own `ssh-keygen -Y`.

Never sees a private key: ssh-keygen opens it, asks for its passphrase, or asks the agent.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from generator.errors import UsageError

NAMESPACE = "backfile"
MAX_SECONDS = 600  # a person may have to type a passphrase or touch a token


def sign(message: bytes, key: Path) -> bytes:
    """The signature over the message, armoured. Raises UsageError."""
    made = _keygen(["sign", "-q", "-f", str(key), "-n", NAMESPACE], message)
    if made.returncode or not made.stdout.startswith(b"-----BEGIN SSH SIGNATURE-----"):
        raise UsageError(
            f"--sign: {_said(made)}", "name a private SSH key, or the public half of one that the agent has"
        )
    return made.stdout


def check_signature(message: bytes, signature: Path, allowed: Path) -> str | None:
    """Who of the allowed signers signed the message; None where the signature is none of theirs. Raises UsageError."""
    if not allowed.is_file():
        raise UsageError(
            f"{allowed}: there is no such file of allowed signers", "see 'ALLOWED SIGNERS' in ssh-keygen(1)"
        )
    found = _keygen(["find-principals", "-s", str(signature), "-f", str(allowed)], b"")
    for name in found.stdout.decode("utf-8", "replace").splitlines() if found.returncode == 0 else ():
        words = ["verify", "-f", str(allowed), "-I", name, "-n", NAMESPACE, "-s", str(signature)]
        if _keygen(words, message).returncode == 0:
            return name
    return None


def _keygen(words: list[str], message: bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["ssh-keygen", "-Y", *words], input=message, capture_output=True, check=False, timeout=MAX_SECONDS
        )
    except FileNotFoundError as error:
        raise UsageError("ssh-keygen was not found", "install OpenSSH 8.2 or newer") from error
    except subprocess.TimeoutExpired as error:
        raise UsageError(f"ssh-keygen did not answer within {MAX_SECONDS} seconds", "try again") from error


def _said(made: subprocess.CompletedProcess[bytes]) -> str:
    return " ".join(made.stderr.decode("utf-8", "replace").split()) or "ssh-keygen gave no signature"
