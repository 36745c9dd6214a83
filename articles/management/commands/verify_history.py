from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand, CommandParser

from articles.history import Broken, verify, verify_against
from articles.models import Desk


class Command(BaseCommand):
    help = (
        "Re-derives the history of every desk from its hashed texts, compares every row with it, and exits 1 where "
        "something fails."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--desk", metavar="SLUG", help="verify this desk alone")
        parser.add_argument(
            "--edition",
            metavar="FILE",
            type=Path,
            action="append",
            default=[],
            help="the JSON file of an edition, kept elsewhere: verify that the history is still the one it was part of",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        broken = [desk.slug for desk in _desks(options["desk"]) if not self._holds(desk)]
        broken += [path.name for path in options["edition"] if not self._agrees(path)]
        if broken:
            raise CommandError(f"The history does not hold: {', '.join(broken)}.")

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

    def _agrees(self, path: Path) -> bool:
        try:
            edition = verify_against(_text_of(path))
        except Broken as broken:
            self.stdout.write(f"{path.name}: {broken}")
            return False
        self.stdout.write(
            f"{path.name}: holds. Edition {edition.number} of “{edition.sheet}”, event {edition.chain_number}."
        )
        return True


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} cannot be read: {error}") from error


def _desks(slug: str | None) -> list[Desk]:
    if slug is None:
        return list(Desk.objects.order_by("slug"))
    desk = Desk.objects.filter(slug=slug).first()
    if desk is None:
        raise CommandError(f"There is no desk with the slug “{slug}”.")
    return [desk]
