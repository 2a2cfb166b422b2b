"""Time stamps by RFC 3161: a third party states that the seal's root was there at that time. An extra, and only when asked.

The only thing sent is a digest, to the authority that a person names; nothing else here touches the network.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from generator.errors import NetworkError, UsageError

MAX_BYTES = 1_000_000
MAX_SECONDS = 60.0
_MISSING = ("RFC 3161 time stamps need a library that is not installed", 'pip install "backfile[timestamp]"')


def request(message: bytes, url: str) -> bytes:
    """A time stamp over the message, as the authority at `url` gave it. Raises NetworkError, UsageError."""
    import urllib3  # noqa: PLC0415 - only where it is asked for

    try:
        from rfc3161_client import PKIStatus, TimestampRequestBuilder, decode_timestamp_response  # noqa: PLC0415
    except ImportError as error:
        raise UsageError(*_MISSING) from error
    asked = TimestampRequestBuilder().data(message).build()
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    try:
        with urllib3.PoolManager(retries=False, timeout=MAX_SECONDS) as pool:
            answer = pool.request("POST", url, body=asked.as_bytes(), headers=headers, preload_content=False)
            raw, status = answer.read(MAX_BYTES), answer.status
            answer.release_conn()
    except urllib3.exceptions.HTTPError as error:
        raise NetworkError(f"{url}: {error}", "is the address right, the authority up?") from error
    try:
        given = decode_timestamp_response(raw)
        granted = PKIStatus(given.status) in (PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS)
        fits = granted and given.tst_info.message_imprint.message == asked.message_imprint.message
    except ValueError as error:
        raise NetworkError(f"{url}: answered {status}, and not with a time stamp", "is it an authority?") from error
    if not fits:
        raise NetworkError(f"{url}: refused to stamp, or stamped something else", "try another authority")
    return raw


def check(stamp: bytes, message: bytes, roots: Path) -> datetime | None:
    """When the message was stamped, by an authority under one of the certificates in `roots` (PEM); None where it was not.

    Raises UsageError.
    """
    try:
        from cryptography import x509  # noqa: PLC0415 - only where it is asked for
        from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response  # noqa: PLC0415
    except ImportError as error:
        raise UsageError(*_MISSING) from error
    try:
        known = x509.load_pem_x509_certificates(roots.read_bytes()[:MAX_BYTES])
    except (OSError, ValueError) as error:
        raise UsageError(f"{roots}: cannot be read as certificates: {error}", "name a PEM file") from error
    builder = VerifierBuilder()
    for certificate in dict.fromkeys(known):
        builder = builder.add_root_certificate(certificate)
    try:
        given = decode_timestamp_response(stamp)
        builder.build().verify_message(given, message)
    except (VerificationError, ValueError):
        return None
    return given.tst_info.gen_time
