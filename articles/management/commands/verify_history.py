from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand, CommandParser

from articles.history import Broken, verify
from articles.models import Desk


class Command(BaseCommand):
    help = "Re-derives the history of every desk from its hashed texts, and exits 1 at the first event that fails."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--desk", metavar="SLUG", help="verify this desk alone")

    def handle(self, *args: Any, **options: Any) -> None:
        broken = [desk for desk in _desks(options["desk"]) if not self._holds(desk)]
        if broken:
            raise CommandError(f"The history does not hold: {', '.join(desk.slug for desk in broken)}.")

    def _holds(self, desk: Desk) -> bool:
        try:
            found = verify(desk)
        except Broken as broken:
            self.stdout.write(f"{desk.slug}: {broken}")
            return False
        self.stdout.write(
            f"{desk.slug}: holds. Events: {found.events}. Editions: {found.editions}. Last hash: {found.head}"
        )
        return True


def _desks(slug: str | None) -> list[Desk]:
    if slug is None:
        return list(Desk.objects.order_by("slug"))
    desk = Desk.objects.filter(slug=slug).first()
    if desk is None:
        raise CommandError(f"There is no desk with the slug “{slug}”.")
    return [desk]
