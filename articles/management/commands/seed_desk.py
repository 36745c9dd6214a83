from __future__ import annotations

import time
from typing import Any

import psycopg
from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError

from articles.models import Desk, Person
from articles.seed.fill import EVENTS_PER_CLAIM, fill


class Command(BaseCommand):
    help = (
        "Founds a desk and fills it with made-up work: claims, three times as many pieces of evidence, ten times as"
        " many events. To try how Factcheck fares with many of them, never for a desk that people work on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--slug", default="seeded", help="of the new desk, as it stands in addresses")
        parser.add_argument("--administrator", required=True, metavar="USERNAME", help="who has an account already")
        parser.add_argument("--claims", type=int, default=100_000, help="a multiple of 20 (default 100,000)")
        parser.add_argument("--seed", type=int, default=1, help="another number makes another desk (default 1)")

    def handle(self, *args: Any, slug: str, administrator: str, claims: int, seed: int, **options: Any) -> None:
        if claims < 20 or claims % 20:
            raise CommandError("Give --claims as a multiple of 20.")
        person = Person.objects.filter(username__iexact=administrator).first()
        if person is None:
            raise CommandError(f"“{administrator}” has no account yet. Make one: manage.py add_person {administrator}")
        name = f"Made-up desk {seed}"
        try:
            Desk(name=name, slug=slug).full_clean()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        began = time.monotonic()
        try:
            fill(name=name, slug=slug, administrator=person, size=claims, seed=seed)
        except (psycopg.Error, DatabaseError, KeyboardInterrupt) as error:
            why = f"{type(error).__name__}: {error}".strip(": \n")
            if not Desk.objects.filter(slug=slug).exists():
                raise CommandError(f"Nothing was founded. {why}") from error
            raise CommandError(
                f"The desk “{slug}” was founded with its people, and not filled. It stays as it is, since nothing is"
                f" deleted: begin again with another --slug. {why}"
            ) from error
        self.stdout.write(
            f"{name} holds {claims:,} claims, {3 * claims:,} pieces of evidence and {EVENTS_PER_CLAIM * claims:,}"
            f" events after {time.monotonic() - began:.0f} seconds."
        )
