"""The bytes of what comes in, kept once for each desk."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from articles.actions._writing import record
from articles.models import Original

if TYPE_CHECKING:
    from articles.models import Desk, Membership


def sha256_of(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def keep_original(desk: Desk, by: Membership | None, raw: bytes, *, media_type: str, name: str) -> Original:
    original, new = Original.objects.defer("content").get_or_create(
        desk=desk,
        sha256=sha256_of(raw),
        defaults={
            "size": len(raw),
            "media_type": media_type[:100],
            "name": name[:255],
            "content": raw,
            "kept_by": by.person if by else None,
        },
    )
    if new:
        record(by, "original.kept", original, {"name": original.name, "size": original.size, "sha256": original.sha256})
    return original
