from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand, CommandParser

from articles.models import Person
from factcheck import second_factor


class Command(BaseCommand):
    help = (
        "Takes every second factor of a person away, for somebody who lost theirs and the recovery codes. "
        "All their sessions end; they sign in with the password and set up another."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="what the person signs in with")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        person = Person.objects.filter(username__iexact=username).first()
        if person is None:
            raise CommandError(f"No one signs in as “{username}”.")
        if not second_factor.forget(person):
            self.stdout.write(f"{person} had no second factor. Their sessions have ended.")
            return
        self.stdout.write(f"{person} has no second factor any more. Their sessions have ended.")
