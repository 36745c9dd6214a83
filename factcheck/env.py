"""Settings from the environment, read strictly.

A value that cannot be understood stops the start with a sentence that says the cure; nothing is guessed.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}
# It is sent along in a header, within parentheses.
_CONTACT = re.compile(r"(https?://[^\s()/]+(/[^\s()]*)?|[^\s()@/]+@[^\s()@/]+)", re.ASCII)


class Environment:
    """One environment, by default the process's own. An empty value counts as not set."""

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self._values = os.environ if values is None else values

    def text(self, name: str, default: str = "") -> str:
        return self._values.get(name, "").strip() or default

    def required(self, name: str, why: str) -> str:
        if value := self.secret(name):
            return value
        raise ImproperlyConfigured(f"Set {name} (or {name}_FILE): {why}")

    def secret(self, name: str, default: str = "") -> str:
        """The value of NAME, or the content of the file that NAME_FILE names."""
        value, path = self.text(name), self.text(f"{name}_FILE")
        if value and path:
            raise ImproperlyConfigured(f"Set {name} or {name}_FILE, not both.")
        return _content(f"{name}_FILE", path) if path else value or default

    def boolean(self, name: str, *, default: bool) -> bool:
        value = self.text(name)
        if not value:
            return default
        if value.lower() not in TRUE | FALSE:
            raise ImproperlyConfigured(f"{name} is {value!r}: write true or false.")
        return value.lower() in TRUE

    def integer(self, name: str, *, default: int, least: int, most: int) -> int:
        value = self.text(name) or str(default)
        if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
            raise ImproperlyConfigured(f"{name} is {value!r}: write a whole number from {least} to {most}.")
        return int(value)

    def choice(self, name: str, *, default: str, among: tuple[str, ...]) -> str:
        value = self.text(name, default)
        if value not in among:
            raise ImproperlyConfigured(f"{name} is {value!r}: write one of {', '.join(among)}.")
        return value

    def words(self, name: str, *, default: tuple[str, ...] = ()) -> list[str]:
        """A list separated by commas."""
        return [word.strip() for word in self.text(name).split(",") if word.strip()] or list(default)

    def time_zone(self, name: str, *, default: str) -> str:
        value = self.text(name, default)
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ImproperlyConfigured(f"{name} is {value!r}: write a name such as Europe/Berlin.") from error
        return value

    def contact(self, name: str) -> str:
        """How to reach the people who run this: an e-mail address or a web page; empty when it is not said."""
        value = self.text(name)
        if value and not (value.isascii() and value.isprintable() and _CONTACT.fullmatch(value)):
            raise ImproperlyConfigured(f"{name} is {value!r}: write an e-mail address or a web address.")
        return value

    def path(self, name: str, *, default: Path) -> Path:
        return Path(self.text(name) or default).expanduser().resolve()


def _content(name: str, path: str) -> str:
    try:
        content = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{name} names {path!r}, which cannot be read: {error}") from error
    if not content:
        raise ImproperlyConfigured(f"{name} names {path!r}, which is empty.")
    return content
