import django.db.models.deletion
import django.db.models.functions.uuid
from django.conf import settings
from django.db import migrations, models

import articles.models.base
import articles.models.fields
from articles.migrations._desk_keys import KeepWithinDesk, ReferWithinDesk
from articles.migrations._sql import run, telling


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0021_origins"),
    ]

    operations = [
        migrations.CreateModel(
            name="Query",
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
                (
                    "addressee",
                    models.CharField(
                        choices=[("author", "The author"), ("source", "A source"), ("colleague", "A colleague")],
                        max_length=9,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200)),
                ("question", models.TextField()),
                ("due", models.DateField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("answered", "Answered"), ("closed", "Closed")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("status_at", models.DateTimeField(auto_now_add=True)),
                ("status_reason", models.TextField(blank=True)),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name_plural": "queries",
            },
        ),
        migrations.CreateModel(
            name="QueryAnswer",
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
                ("words", models.TextField()),
                (
                    "means",
                    models.CharField(
                        choices=[
                            ("here", "Written here"),
                            ("phone", "By phone"),
                            ("email", "By e-mail"),
                            ("in_person", "In person"),
                            ("message", "By message"),
                            ("video", "By video call"),
                        ],
                        max_length=9,
                    ),
                ),
                ("given_on", models.DateField()),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="notice",
            name="notice_kind_is_known",
        ),
        migrations.AlterField(
            model_name="notice",
            name="claim",
            field=articles.models.base.DeskForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="articles.claim"
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("assigned", "Given to you"),
                    ("returned", "Returned"),
                    ("approved", "Approved"),
                    ("voided", "Taken back from review"),
                    ("reopened", "Reopened"),
                    ("aside", "Set aside"),
                    ("due", "Due"),
                    ("asked", "Asked of you"),
                    ("answered", "Answered"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="query",
            name="asked_by",
            field=articles.models.fields.MemberForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="query",
            name="claim",
            field=articles.models.base.DeskForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="queries",
                to="articles.claim",
            ),
        ),
        migrations.AddField(
            model_name="query",
            name="colleague",
            field=articles.models.fields.MemberForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="query",
            name="desk",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.desk"
            ),
        ),
        migrations.AddField(
            model_name="query",
            name="highlight",
            field=articles.models.base.DeskForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="queries",
                to="articles.highlight",
            ),
        ),
        migrations.AddField(
            model_name="query",
            name="source",
            field=articles.models.base.DeskForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="queries",
                to="articles.source",
            ),
        ),
        migrations.AddField(
            model_name="query",
            name="status_by",
            field=articles.models.fields.MemberForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="query",
            field=articles.models.base.DeskForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="articles.query"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["assigned", "returned", "approved", "voided", "reopened", "aside", "due", "asked", "answered"],
                    )
                ),
                name="notice_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("claim__isnull", True), ("query__isnull", False)),
                    models.Q(("claim__isnull", False), ("query__isnull", True)),
                    _connector="OR",
                ),
                name="notice_about_one_thing",
            ),
        ),
        migrations.AddField(
            model_name="queryanswer",
            name="desk",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.desk"
            ),
        ),
        migrations.AddField(
            model_name="queryanswer",
            name="query",
            field=articles.models.base.DeskForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="articles.query"
            ),
        ),
        migrations.AddField(
            model_name="queryanswer",
            name="recorded_by",
            field=articles.models.fields.MemberForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="query",
            index=models.Index(fields=["desk", "claim", "status"], name="query_of_claim"),
        ),
        migrations.AddIndex(
            model_name="query",
            index=models.Index(fields=["desk", "highlight", "status"], name="query_of_highlight"),
        ),
        migrations.AddIndex(
            model_name="query",
            index=models.Index(fields=["desk", "-id"], name="query_newest"),
        ),
        migrations.AddIndex(
            model_name="query",
            index=models.Index(fields=["desk", "status", "-id"], name="query_status_newest"),
        ),
        migrations.AddIndex(
            model_name="query",
            index=models.Index(fields=["desk", "addressee", "status", "-id"], name="query_addressee"),
        ),
        migrations.AddIndex(
            model_name="query",
            index=models.Index(fields=["desk", "colleague", "status", "-id"], name="query_colleague"),
        ),
        migrations.AddIndex(
            model_name="query",
            index=models.Index(fields=["desk", "asked_by", "status", "-id"], name="query_asked_by"),
        ),
        migrations.AddIndex(
            model_name="query",
            index=models.Index(
                condition=models.Q(("due__isnull", False), ("status", "open")),
                fields=["desk", "due", "id"],
                name="query_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="query",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("claim__isnull", True), ("highlight__isnull", False)),
                    models.Q(("claim__isnull", False), ("highlight__isnull", True)),
                    _connector="OR",
                ),
                name="query_on_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="query",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("addressee", "author"), ("colleague__isnull", True), ("source__isnull", True)),
                    models.Q(
                        ("addressee", "colleague"), ("colleague__isnull", False), ("name", ""), ("source__isnull", True)
                    ),
                    models.Q(
                        ("addressee", "source"), ("colleague__isnull", True), ("name", ""), ("source__isnull", False)
                    ),
                    models.Q(
                        ("addressee", "source"),
                        ("colleague__isnull", True),
                        ("source__isnull", True),
                        ("name__regex", "\\S"),
                    ),
                    _connector="OR",
                ),
                name="query_to_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="query",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("colleague__isnull", True),
                    models.Q(("colleague", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="query_to_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="query",
            constraint=models.CheckConstraint(
                condition=models.Q(("question__regex", "\\S")), name="query_has_question"
            ),
        ),
        migrations.AddConstraint(
            model_name="query",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["open", "answered", "closed"])), name="query_status_is_known"
            ),
        ),
        migrations.AddIndex(
            model_name="queryanswer",
            index=models.Index(fields=["desk", "query", "id"], name="answer_of_query"),
        ),
        migrations.AddConstraint(
            model_name="queryanswer",
            constraint=models.CheckConstraint(condition=models.Q(("words__regex", "\\S")), name="answer_has_words"),
        ),
        migrations.AddConstraint(
            model_name="queryanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("means__in", ["here", "phone", "email", "in_person", "message", "video"])),
                name="answer_means_is_known",
            ),
        ),
        KeepWithinDesk(["Query", "QueryAnswer"]),
        ReferWithinDesk("Notice", ["query"]),
        run("queries"),
        telling("query", "queryanswer"),
    ]
