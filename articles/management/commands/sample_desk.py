import os
import secrets
from typing import Any

from django.core.management.base import BaseCommand

from articles.models import Desk, Person
from articles.sample.play import play

VARIABLE = "FACTCHECK_SAMPLE_PASSWORD"


class Command(BaseCommand):
    help = f"Makes a desk to try things on: five articles, three people. Their password is ${VARIABLE}, or random."

    def handle(self, *args: Any, **options: Any) -> None:
        if Desk.objects.exists() or Person.objects.exists():
            self.stdout.write("There is a desk or a person already, so no sample desk was made.")
            return
        chosen = os.environ.get(VARIABLE, "")
        password = chosen or secrets.token_urlsafe(9)
        members = play(password)
        self.stdout.write(f"Sign in to the {members[0].desk} as:")
        for member in sorted(members, key=lambda member: member.person.username):
            self.stdout.write(f"  {member.person.username:<8}{member.get_role_display().lower()}")
        self.stdout.write(f"Password: {f'as set in {VARIABLE}' if chosen else password}")
