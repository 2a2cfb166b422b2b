"""An address as a QR code (ISO 18004): an inline picture of paths alone, dark on light whatever the page's colours are."""

from __future__ import annotations

from io import BytesIO

from markupsafe import Markup

MAX_CHARACTERS = 1_000  # a longer address makes a code that no telephone reads


def qr(address: str) -> Markup:
    """The code as SVG, for readers with a telephone; `""` where there is nothing that it could say."""
    if not address or len(address) > MAX_CHARACTERS:
        return Markup()
    import segno  # noqa: PLC0415 - most pages show none

    out = BytesIO()
    segno.make_qr(address, error="m").save(
        out, kind="svg", xmldecl=False, svgns=False, nl=False, omitsize=True, border=3, svgclass="qr", lineclass=None
    )
    return Markup(out.getvalue().decode().replace("<svg ", '<svg aria-hidden="true" ', 1))  # noqa: S704 - made of numbers
