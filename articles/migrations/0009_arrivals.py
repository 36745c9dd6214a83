import django.db.models.deletion
import django.db.models.functions.uuid
from django.conf import settings
from django.db import migrations, models

import articles.models.base
import articles.models.fields
from articles.migrations._desk_keys import KeepWithinDesk
from articles.migrations._sql import run


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_links_and_pages")]

    operations = [
        migrations.CreateModel(
            name="Arrival",
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
                ("revision", models.PositiveIntegerField(default=1)),
                ("batch", models.UUIDField(help_text="the same for what came together")),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("paste", "Pasted"),
                            ("upload", "Uploaded file"),
                            ("command", "Imported by command"),
                            ("fetch", "Fetched from its address"),
                        ],
                        max_length=7,
                    ),
                ),
                ("filename", models.CharField(blank=True, max_length=255)),
                ("address", models.CharField(blank=True, max_length=2000)),
                ("media_type", models.CharField(blank=True, help_text="as it was declared", max_length=100)),
                ("charset", models.CharField(blank=True, help_text="as it was declared", max_length=40)),
                (
                    "report",
                    models.JSONField(
                        default=list, help_text="notes on the way it came, as articles.intake.codec writes them"
                    ),
                ),
                ("draft", models.JSONField(help_text="as articles.intake.codec writes it", null=True)),
                ("failure", models.TextField(blank=True, help_text="the sentence that says why it could not be read")),
                ("corrections", models.JSONField(default=list)),
                ("details", models.JSONField(default=dict, help_text="what a person wrote over the guesses, by field")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("added", "Added"), ("discarded", "Discarded")],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("arrived_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.AddField(
            model_name="arrival",
            name="arrived_by",
            field=articles.models.fields.MemberForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="arrival",
            name="desk",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.desk"
            ),
        ),
        migrations.AddField(
            model_name="arrival",
            name="original",
            field=articles.models.base.DeskForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="arrivals", to="articles.original"
            ),
        ),
        migrations.AddField(
            model_name="arrival",
            name="article",
            field=articles.models.base.DeskForeignKey(
                help_text="the article whose next version it is meant to be",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="arrivals",
                to="articles.article",
            ),
        ),
        migrations.AddField(
            model_name="arrival",
            name="version",
            field=articles.models.base.DeskForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="arrivals",
                to="articles.articleversion",
            ),
        ),
        migrations.AddIndex(
            model_name="arrival",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["desk", "-id"], name="arrival_waiting"
            ),
        ),
        migrations.AddIndex(
            model_name="arrival",
            index=models.Index(fields=["desk", "batch"], name="arrival_batch"),
        ),
        migrations.AddIndex(
            model_name="arrival",
            index=models.Index(fields=["desk", "version"], name="arrival_version"),
        ),
        migrations.AddConstraint(
            model_name="arrival",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "added", "discarded"])), name="arrival_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="arrival",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "added"), ("version__isnull", False)),
                    models.Q(models.Q(("state", "added"), _negated=True), ("version__isnull", True)),
                    _connector="OR",
                ),
                name="arrival_added_has_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="arrival",
            constraint=models.CheckConstraint(
                condition=models.Q(("draft__isnull", True), ("failure", ""), _connector="OR"),
                name="arrival_read_or_failed",
            ),
        ),
        migrations.AddConstraint(
            model_name="arrival",
            constraint=models.CheckConstraint(
                condition=models.Q(("draft__isnull", False), ("corrections", []), _connector="OR"),
                name="arrival_corrections_of_a_draft",
            ),
        ),
        KeepWithinDesk(["Arrival"]),
        run("arrivals"),
    ]
