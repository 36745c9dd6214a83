from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from articles.actions.people import add_person, join_by_command
from articles.errors import Refused
from articles.models import Desk, Person, Role


class Command(BaseCommand):
    help = "Makes an account and prints its first password, once. With --desk it also takes the person onto a desk."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="what the person signs in with; one who has an account keeps it")
        parser.add_argument("--name", default="", help="as colleagues read it (default: the user name)")
        parser.add_argument("--email", default="", help="the person can sign in with it, too")
        parser.add_argument("--desk", metavar="SLUG", help="take the person onto this desk")
        parser.add_argument(
            "--role", choices=Role.values, default=Role.REVIEWER, help="on that desk (default reviewer)"
        )

    @transaction.atomic
    def handle(self, *args: Any, username: str, name: str, email: str, desk: str | None, **options: Any) -> None:
        # Found first, so that no password is shown for an account that is not made after all.
        joined = _desk(desk) if desk else None
        person = Person.objects.filter(username__iexact=username).first()
        if person is None:
            person = self._make(username, name or username, email)
        elif joined is None:
            raise CommandError(f"“{username}” has an account already.")
        if joined is not None:
            self._join(person, joined, Role(options["role"]))

    def _make(self, username: str, name: str, email: str) -> Person:
        try:
            Person(username=username, name=name, email=email).full_clean(exclude=["password"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if email and Person.objects.filter(email__iexact=email).exists():
            raise CommandError(f"Someone else signs in with {email}.")
        person, password = add_person(username=username, name=name, email=email)
        self.stdout.write(f"{person} signs in as {username} with this password, which is shown only now: {password}")
        return person

    def _join(self, person: Person, desk: Desk, role: Role) -> None:
        try:
            join_by_command(desk=desk, person=person, role=role)
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"{person} is on {desk} as {role.label.lower()}.")


def _desk(slug: str) -> Desk:
    desk = Desk.objects.filter(slug=slug).first()
    if desk is None:
        raise CommandError(f"There is no desk with the slug “{slug}”.")
    return desk
