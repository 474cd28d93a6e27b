"""The QR code of an official copy."""

import io

import segno


def drawing_of(address: str) -> bytes:
    """The address as a QR code, an SVG."""
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawing, kind="svg", scale=4, border=2, xmldecl=True, svgns=True, dark="#16272a", light="#ffffff"
    )
    return drawing.getvalue()
