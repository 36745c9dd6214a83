"""How a person likes to work: their keys, and the help that they closed for good. No desk's history speaks of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from django.db import transaction

from articles.errors import Refused
from articles.keys import taken_by
from articles.models import Person

if TYPE_CHECKING:
    from collections.abc import Callable


def close_for_good(*, by: Person, name: str) -> None:
    """Never show this help again."""
    _change(by, lambda person: name in person.closed or person.closed.append(name))


def change_key(*, by: Person, name: str, key: str) -> None:
    """Have ``key`` do from now on what the key ``name`` does at first. Refused when it does something else."""

    def change(person: Person) -> None:
        if taken_by(key, name, person.keys):
            raise Refused(f"{key} does something else. The key is {person.keys.get(name, name)} as before.")
        person.keys.pop(name, None)
        if key != name:
            person.keys[name] = key

    _change(by, change)


def reset_keys(*, by: Person) -> None:
    _change(by, lambda person: person.keys.clear())


def switch(*, by: Person, name: Literal["keys_on", "whole_words", "wants_digest"], on: bool) -> None:
    _change(by, lambda person: setattr(person, name, on))


@transaction.atomic
def _change(by: Person, change: Callable[[Person], object]) -> None:
    """Two tabs change one after the other."""
    person = Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    change(person)
    person.save(update_fields=["keys", "keys_on", "whole_words", "wants_digest", "closed"])
