"""Pictures that a browser shows without running anything in them, told by their first bytes and by nothing else."""

_SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


def raster_type(start: bytes) -> str:
    """The media type of a PNG, JPEG, GIF or WebP picture that begins so; empty for all else, SVG included.

    Twelve bytes are enough.
    """
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "image/webp"
    return next((media_type for sign, media_type in _SIGNS if start.startswith(sign)), "")
