from __future__ import annotations

from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.utils import timezone

from articles.actions.notices import tell_of_days
from articles.mailing import digest, due_for_a_digest, give_turn_back, take_turn
from articles.queries.notices import settled_at


class Command(BaseCommand):
    help = (
        "To be run once a day: makes the notices of claims that are due, and sends the daily e-mail to those who asked"
        " for it, where e-mail is set up. Running it again does nothing twice."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        made = tell_of_days(timezone.localdate())
        self.stdout.write(f"Notices of due dates: {made}.")
        if not settings.MAIL_IS_ON:
            self.stdout.write("No e-mail is set up (FACTCHECK_SMTP_URL), so none was sent.")
            return
        sent, failed = self._send()
        self.stdout.write(f"E-mails sent: {sent}.")
        if failed:
            raise CommandError(f"E-mails that could not be sent: {failed}. The next run tries them again.")

    def _send(self) -> tuple[int, int]:
        sent = failed = 0
        until = settled_at()
        for person in due_for_a_digest(timezone.now()):
            message = digest(person, until)
            if message is None or not take_turn(person, until):
                continue
            try:
                message.send()
                sent += 1
            except (OSError, ValueError, SMTPException) as error:  # ValueError: an address that no header can hold
                give_turn_back(person)
                self.stderr.write(f"{person.username}: {error}")
                failed += 1
        return sent, failed
