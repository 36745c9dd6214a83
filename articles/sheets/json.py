"""An edition as JSON, without loss. The same edition gives the same bytes, and the bytes give the edition again.

Keys are sorted, indentation is one space, text is UTF-8 as it is, lines end in LF, and so does the file; so that
``sha256sum`` of the file is the digest that the sheet, the spreadsheet and the history name.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, fields, is_dataclass
from datetime import UTC, datetime
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from articles.sheets.content import SINCE, Contents, Edition

if TYPE_CHECKING:
    from collections.abc import Mapping

TIME = "%Y-%m-%dT%H:%M:%S.%fZ"


def render(edition: Edition) -> bytes:
    return text_of(edition).encode()


def text_of(value: Edition | Contents) -> str:
    return (
        json.dumps(asdict(value, dict_factory=_written), default=_time, ensure_ascii=False, sort_keys=True, indent=1)
        + "\n"
    )


def digest_of(value: Edition | Contents) -> str:
    """SHA-256, in hexadecimal, of the JSON text in UTF-8."""
    return hashlib.sha256(text_of(value).encode()).hexdigest()


def read(text: str) -> Edition:
    """The edition that was rendered as this text. KeyError or TypeError: the text is of another format."""
    edition: Edition = _built(Edition, json.loads(text))
    return edition


def _written(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Without what is empty of a later format, so that an edition of an earlier one gives its bytes again."""
    return {name: value for name, value in pairs if value not in ("", ()) or name not in SINCE}


def _time(value: datetime) -> str:
    return value.astimezone(UTC).strftime(TIME)


def _built(kind: Any, value: Any) -> Any:
    if is_dataclass(kind):
        return _built_object(kind, value)
    if get_origin(kind) is tuple:
        return tuple(_built(get_args(kind)[0], item) for item in value)
    if get_origin(kind) is UnionType:
        (other,) = set(get_args(kind)) - {NoneType}
        return None if value is None else _built(other, value)
    return datetime.strptime(value, TIME).replace(tzinfo=UTC) if kind is datetime else value


def _built_object(kind: Any, value: Mapping[str, Any]) -> Any:
    types = get_type_hints(kind)
    names = [field.name for field in fields(kind) if field.name in value or field.name not in SINCE]
    return kind(**{name: _built(types[name], value[name]) for name in names})
