from django.db import migrations

from articles.migrations._desk_keys import KeepWithinDesk


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations = [
        KeepWithinDesk(
            [
                "Membership",
                "Outlet",
                "Story",
                "Article",
                "Original",
                "ArticleVersion",
                "Claimant",
                "Claim",
                "Highlight",
                "Carry",
                "Source",
                "Evidence",
                "RatingScale",
                "Rating",
                "Verdict",
                "Review",
                "ClaimSheet",
                "SheetEdition",
                "SheetFile",
                "AuditEvent",
            ]
        )
    ]
