"""Names of files that are handed out."""

from __future__ import annotations

import re

from django.utils.text import slugify


def file_name(name: str, headline: str, ending: str = ".txt") -> str:
    """A name that is safe in any folder: that of the file that came, or one made of the headline."""
    kept = re.sub(r'[\\/:*?"<>|]', "", "".join(filter(str.isprintable, name))).strip(" .")
    return kept or f"{slugify(headline)[:80] or 'article'}{ending}"
