from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.core.management.base import BaseCommand, CommandParser

from articles.actions.desks import found
from articles.models import Desk, Person
from articles.scales import SCALES


class Command(BaseCommand):
    help = "Founds a desk, with a person who has an account as its first administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="as people read it, for example: Foreign desk")
        parser.add_argument("--slug", required=True, help="as it stands in addresses, for example: foreign")
        parser.add_argument("--administrator", required=True, metavar="USERNAME")
        parser.add_argument("--scale", choices=[scale.code for scale in SCALES], default=SCALES[0].code)

    def handle(self, *args: Any, name: str, slug: str, administrator: str, **options: Any) -> None:
        person = Person.objects.filter(username__iexact=administrator).first()
        if person is None:
            raise CommandError(f"“{administrator}” has no account yet. Make one: manage.py add_person {administrator}")
        try:
            Desk(name=name, slug=slug).full_clean()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        found(name=name, slug=slug, administrator=person, scale_code=options["scale"])
        self.stdout.write(f"{name} is founded, with {person} as its administrator.")
