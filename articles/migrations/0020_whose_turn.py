import datetime

import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.uuid
from django.conf import settings
from django.db import migrations, models

import articles.models.base
import articles.models.fields
from articles.migrations._desk_keys import KeepWithinDesk
from articles.migrations._sql import run, telling


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0019_findings"),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=django.db.models.functions.uuid.UUID7(),
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("assign", "Assign"),
                            ("due", "Set a due date"),
                            ("priority", "Set the priority"),
                            ("aside", "Set aside"),
                        ],
                        max_length=8,
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="LastLook",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "desk_id", "person_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("desk_id", models.UUIDField()),
                ("person_id", models.UUIDField()),
                ("number", models.PositiveBigIntegerField()),
                ("looked_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=django.db.models.functions.uuid.UUID7(),
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("assigned", "Given to you"),
                            ("returned", "Returned"),
                            ("approved", "Approved"),
                            ("voided", "Taken back from review"),
                            ("reopened", "Reopened"),
                            ("aside", "Set aside"),
                            ("due", "Due"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "number",
                    models.PositiveBigIntegerField(help_text="of the event; none tells of a day that came", null=True),
                ),
                ("due", models.DateField(help_text="the day that came", null=True)),
                ("claims", models.PositiveIntegerField(default=1)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("read_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="claim",
            name="due",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="claim",
            name="due_reason",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="claim",
            name="verdict_author_id",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="person",
            name="digest_sent_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="person",
            name="wants_digest",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                models.F("desk"),
                models.F("assignee"),
                django.db.models.functions.comparison.Coalesce(
                    "due", models.Value(datetime.date(9999, 12, 31)), output_field=models.DateField()
                ),
                models.F("priority"),
                models.F("id"),
                condition=models.Q(("assignee__isnull", False), ("status__in", ("open", "checking"))),
                name="claim_to_check",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("status", "in_review")),
                fields=["desk", "verdict_author_id", "status_at", "id"],
                name="claim_handed_on",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("status__in", ("returned", "reopened"))),
                fields=["desk", "assignee", "status", "status_at", "id"],
                name="claim_sent_back",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("status__in", ("returned", "reopened"))),
                fields=["desk", "verdict_author_id", "status", "status_at", "id"],
                name="claim_sent_back_to_author",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(
                    ("due__isnull", False), ("status__in", ("open", "checking", "returned", "reopened", "in_review"))
                ),
                fields=["desk", "due", "id"],
                name="claim_due",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(
                    ("due__isnull", False), ("status__in", ("open", "checking", "returned", "reopened", "in_review"))
                ),
                fields=["desk", "assignee", "due", "id"],
                name="claim_due_of_assignee",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("due__isnull", False), ("due_reason", ""), _connector="OR"),
                name="claim_due_reason_has_date",
            ),
        ),
        migrations.AddField(
            model_name="batch",
            name="desk",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.desk"
            ),
        ),
        migrations.AddField(
            model_name="batch",
            name="made_by",
            field=articles.models.fields.MemberForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="claim",
            field=articles.models.base.DeskForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="articles.claim"
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="desk",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.desk"
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="person",
            field=articles.models.fields.MemberForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(("what__in", ["assign", "due", "priority", "aside"])), name="batch_is_known"
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["desk", "person", "-id"], name="notice_newest"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("read_at__isnull", True)), fields=["desk", "person", "-id"], name="notice_unread"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["assigned", "returned", "approved", "voided", "reopened", "aside", "due"])
                ),
                name="notice_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due__isnull", False), ("kind", "due"), ("number__isnull", True)),
                    models.Q(
                        models.Q(("kind", "due"), _negated=True), ("due__isnull", True), ("number__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="notice_tells_of_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "due")),
                fields=("desk", "person", "claim", "due"),
                name="notice_of_a_day_once",
            ),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(
                condition=models.Q(("recheck_on__isnull", False)),
                fields=["desk", "recheck_on", "id"],
                name="verdict_to_recheck",
            ),
        ),
        KeepWithinDesk(["Batch", "Notice"]),
        run("whose_turn"),
        telling("batch", "claim"),
    ]
