from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from articles.actions.claims import recheck_by_system
from articles.models import Desk
from articles.queries.rechecks import due_for_recheck


class Command(BaseCommand):
    help = "Reopens every approved claim whose date for a recheck has come. Run it daily; it does nothing twice."

    def handle(self, *args: Any, **options: Any) -> None:
        for desk in Desk.objects.order_by("slug"):
            done = sum(recheck_by_system(claim) for claim in due_for_recheck(desk, timezone.localdate()).iterator())
            self.stdout.write(f"{desk.slug}: {done} {'claim' if done == 1 else 'claims'} reopened.")
