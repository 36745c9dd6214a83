"""What a new password must hold to. It follows NIST SP 800-63B-4 (July 2025), section 3.1.1.2.

At least 15 characters, because the password is the only factor of whoever has set up no other; any character counts,
spaces among them, and at least 64 must be allowed. It is compared with well-known passwords and with words that anybody
would try here. No kinds of characters are asked for, and no password has to be changed because time has passed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

if TYPE_CHECKING:
    from articles.models import Person

SHORTEST = 15
LONGEST = 256
"""Characters. More would add nothing but work for the server."""

LEFT = 8
"""Characters that have to be left when every name that others know is taken out."""

PIECE = 8
"""Characters. What is nothing but repetitions of so few is refused."""

ROWS = ("1234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm")

SITE = "factcheck"


class LengthValidator:
    def validate(self, password: str, user: Person | None = None) -> None:
        if len(password) < SHORTEST:
            raise ValidationError(
                f"This has {len(password)} characters. Take at least {SHORTEST}: four or five words, for example."
            )
        if len(password) > LONGEST:
            raise ValidationError(f"Take at most {LONGEST} characters; this has {len(password):,}.")

    def get_help_text(self) -> str:
        return f"At least {SHORTEST} characters. A few words you will remember are better than signs you will not."


class KnownNamesValidator:
    """Names that others know are no secret: those of the person, of their desks and of the program."""

    def validate(self, password: str, user: Person | None = None) -> None:
        left = password.casefold()
        for name in sorted(_names(user), key=len, reverse=True):
            left = left.replace(name, "")
        if len(left) < len(password) and len(left) < LEFT:
            raise ValidationError(
                "This is little more than names that others know. Add words that have nothing to do with you."
            )

    def get_help_text(self) -> str:
        return "Not just your name or that of your desk."


class PatternValidator:
    """The same few characters again and again, or a row of keys, are tried as soon as they are thought of."""

    def validate(self, password: str, user: Person | None = None) -> None:
        typed = password.casefold()
        if any(typed[piece:] == typed[:-piece] for piece in range(1, PIECE + 1)):
            raise ValidationError("This repeats the same few characters. Take several different words.")
        if any(typed in row * 2 or typed[::-1] in row * 2 for row in ROWS):
            raise ValidationError("This runs along the keys or the alphabet. Take several different words.")

    def get_help_text(self) -> str:
        return "Not the same few characters again and again."


def _names(person: Person | None) -> set[str]:
    """In lower case, with their parts: "Nina Falk" is also "nina" and "falk"."""
    whole = [SITE]
    if person is not None:
        whole += [person.username, person.name, person.email]
        if not person._state.adding:
            whole += person.memberships.current().values_list("desk__name", flat=True)
    parts = [part for name in whole for part in (name, *re.split(r"[\W_]+", name))]
    return {part.casefold() for part in parts if len(part) > 2}
