import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.functions.uuid
from django.conf import settings
from django.db import migrations, models

import articles.models.base
import articles.models.fields
from articles.migrations._desk_keys import KeepWithinDesk, ReferWithinDesk
from articles.migrations._sql import run, telling


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0020_whose_turn"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dismissal",
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
                ("key", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Origin",
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
                ("name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("dispatch", "Wire dispatch"),
                            ("authority", "Ministry or authority"),
                            ("witness", "Eyewitness"),
                            ("outlet", "Another outlet"),
                            ("document", "Document or data"),
                            ("statement", "Press conference or statement"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=9,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.AddField(
            model_name="desk",
            name="origins_needed",
            field=models.PositiveSmallIntegerField(
                db_default=2,
                default=2,
                help_text="independent origins that are enough for a claim; 0 where none are asked for",
            ),
        ),
        migrations.AddField(
            model_name="desk",
            name="primary_is_enough",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddConstraint(
            model_name="desk",
            constraint=models.CheckConstraint(
                condition=models.Q(("origins_needed__lte", 9)), name="desk_origins_in_reason"
            ),
        ),
        migrations.AddField(
            model_name="dismissal",
            name="claim",
            field=articles.models.base.DeskForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="dismissals", to="articles.claim"
            ),
        ),
        migrations.AddField(
            model_name="dismissal",
            name="desk",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.desk"
            ),
        ),
        migrations.AddField(
            model_name="dismissal",
            name="made_by",
            field=articles.models.fields.MemberForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="dismissal",
            name="taken_back_by",
            field=articles.models.fields.MemberForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="origin",
            name="comes_from",
            field=articles.models.base.DeskForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="passed_on_as",
                to="articles.origin",
            ),
        ),
        migrations.AddField(
            model_name="origin",
            name="desk",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.desk"
            ),
        ),
        migrations.AddField(
            model_name="origin",
            name="made_by",
            field=articles.models.fields.MemberForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="origin",
            name="merged_into",
            field=articles.models.base.DeskForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="doubles",
                to="articles.origin",
            ),
        ),
        migrations.AddField(
            model_name="highlight",
            name="origin",
            field=articles.models.base.DeskForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="highlights",
                to="articles.origin",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="origin",
            field=articles.models.base.DeskForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sources",
                to="articles.origin",
            ),
        ),
        migrations.AddIndex(
            model_name="highlight",
            index=models.Index(
                condition=models.Q(("origin__isnull", False)), fields=["desk", "origin", "-id"], name="highlight_traced"
            ),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(
                condition=models.Q(("origin__isnull", False)), fields=["desk", "origin", "-id"], name="source_traced"
            ),
        ),
        migrations.AddConstraint(
            model_name="dismissal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_back_at", None)), fields=("desk", "claim", "key"), name="dismissal_said_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="dismissal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("taken_back_at__isnull", True), ("taken_back_by__isnull", True)),
                    models.Q(("taken_back_at__isnull", False), ("taken_back_by__isnull", False)),
                    _connector="OR",
                ),
                name="dismissal_taken_back_by_someone",
            ),
        ),
        migrations.AddIndex(
            model_name="origin",
            index=models.Index(fields=["desk", "-id"], name="origin_newest"),
        ),
        migrations.AddIndex(
            model_name="origin",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("name", config="simple"), name="origin_search"
            ),
        ),
        migrations.AddConstraint(
            model_name="origin",
            constraint=models.UniqueConstraint(
                models.F("desk"), django.db.models.functions.text.Lower("name"), name="origin_name_once_per_desk"
            ),
        ),
        migrations.AddConstraint(
            model_name="origin",
            constraint=models.CheckConstraint(
                condition=models.Q(("name__regex", "^\\S+( \\S+)*$")), name="origin_name_is_tidy"
            ),
        ),
        migrations.AddConstraint(
            model_name="origin",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["dispatch", "authority", "witness", "outlet", "document", "statement", "other"])
                ),
                name="origin_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="origin",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("comes_from", None), models.Q(("comes_from", models.F("id")), _negated=True), _connector="OR"
                    ),
                    models.Q(
                        ("merged_into", None), models.Q(("merged_into", models.F("id")), _negated=True), _connector="OR"
                    ),
                ),
                name="origin_leads_to_another",
            ),
        ),
        KeepWithinDesk(["Origin", "Dismissal"]),
        ReferWithinDesk("Highlight", ["origin"]),
        ReferWithinDesk("Source", ["origin"]),
        run("origins"),
        telling("origin", "dismissal", "highlight", "source", "desk"),
    ]
