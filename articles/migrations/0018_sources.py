from typing import Any

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
from articles.migrations._sql import run, run_back, telling
from articles.text.addresses import key

HELD, RENEWED = run("approvals_held"), run_back("approvals_held")


def fill_keys(apps: Any, schema_editor: Any) -> None:
    """What is derived from the address needs no event."""
    sources = apps.get_model("articles", "Source").objects.using(schema_editor.connection.alias)
    schema_editor.execute("ALTER TABLE articles_source DISABLE TRIGGER USER")
    for source in sources.exclude(url="").only("desk_id", "url").iterator():
        sources.filter(desk_id=source.desk_id, pk=source.pk).update(url_key=key(source.url))
    schema_editor.execute("ALTER TABLE articles_source ENABLE TRIGGER USER")


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0017_doors"),
    ]

    operations = [
        HELD,
        migrations.CreateModel(
            name="Snapshot",
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
                    "means",
                    models.CharField(
                        choices=[
                            ("fetch", "Fetched page"),
                            ("upload", "Uploaded file"),
                            ("screenshot", "Screenshot"),
                            ("paste", "Pasted text"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("kept", "Kept"),
                            ("same", "The page says the same"),
                            ("differs", "The page says something else"),
                            ("failed", "Not reached"),
                        ],
                        max_length=7,
                    ),
                ),
                ("filename", models.CharField(blank=True, max_length=255)),
                ("media_type", models.CharField(blank=True, help_text="as it was declared", max_length=100)),
                ("text", models.TextField(blank=True)),
                ("unreadable", models.TextField(blank=True, help_text="the sentence that says why there is no text")),
                ("asked", models.CharField(blank=True, help_text="the address that was asked for", max_length=2000)),
                ("reached", models.CharField(blank=True, help_text="the address that answered", max_length=2000)),
                ("failure", models.TextField(blank=True, help_text="the sentence that says why there is no copy")),
                ("kept_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.RemoveIndex(
            model_name="source",
            name="source_search",
        ),
        migrations.AddField(
            model_name="evidence",
            name="locator_kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("page", "Page"),
                    ("paragraph", "Paragraph"),
                    ("section", "Section"),
                    ("timestamp", "Time in the recording"),
                    ("table", "Table or cell"),
                ],
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="archive",
            field=models.CharField(blank=True, max_length=200, verbose_name="kept at"),
        ),
        migrations.AddField(
            model_name="source",
            name="container",
            field=models.CharField(blank=True, max_length=200, verbose_name="appeared in"),
        ),
        migrations.AddField(
            model_name="source",
            name="medium",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name="source",
            name="merged_into",
            field=articles.models.base.DeskForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="doubles",
                to="articles.source",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="note",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="source",
            name="number",
            field=models.CharField(blank=True, max_length=200, verbose_name="DOI or number"),
        ),
        migrations.AddField(
            model_name="source",
            name="publisher",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="source",
            name="reached",
            field=models.CharField(
                blank=True,
                choices=[
                    ("phone", "By phone"),
                    ("email", "By e-mail"),
                    ("in_person", "In person"),
                    ("message", "By message"),
                    ("video", "By video call"),
                ],
                max_length=9,
                verbose_name="how reached",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="terms",
            field=models.CharField(
                blank=True,
                choices=[
                    ("on_record", "On the record"),
                    ("background", "On background"),
                    ("off_record", "Off the record"),
                ],
                max_length=10,
                verbose_name="on what terms",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="url_key",
            field=models.CharField(blank=True, editable=False, help_text="the same for the same page", max_length=32),
        ),
        migrations.AddField(
            model_name="source",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="source",
            name="withdrawn_by",
            field=articles.models.fields.MemberForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="withdrawn_reason",
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name="source",
            name="author",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name="source",
            name="kind",
            field=models.CharField(
                choices=[
                    ("article-newspaper", "News article"),
                    ("webpage", "Web page"),
                    ("report", "Report"),
                    ("dataset", "Dataset"),
                    ("document", "Document or record"),
                    ("article-journal", "Journal article"),
                    ("book", "Book"),
                    ("legislation", "Law"),
                    ("legal_case", "Court decision"),
                    ("hearing", "Hearing"),
                    ("post", "Post"),
                    ("post-weblog", "Blog post"),
                    ("broadcast", "Broadcast"),
                    ("motion_picture", "Video"),
                    ("graphic", "Image"),
                    ("map", "Map"),
                    ("interview", "Interview"),
                    ("personal_communication", "Letter, message or call"),
                ],
                default="article-newspaper",
                max_length=22,
            ),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(
                condition=models.Q(("url_key", ""), _negated=True), fields=["desk", "url_key"], name="source_address"
            ),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(
                models.F("desk"), django.db.models.functions.text.Lower("title"), name="source_same_title"
            ),
        ),
        migrations.AddIndex(
            model_name="source",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector(
                    "title", "author", "container", "publisher", "number", "url", config="simple"
                ),
                name="source_search",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("locator_kind", ""),
                    models.Q(
                        ("locator_kind__in", ["page", "paragraph", "section", "timestamp", "table"]),
                        ("locator__regex", "\\S"),
                    ),
                    _connector="OR",
                ),
                name="evidence_locator_has_a_value",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reached__in", ["", "phone", "email", "in_person", "message", "video"]),
                    ("terms__in", ["", "on_record", "background", "off_record"]),
                ),
                name="source_conversation_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                    _connector="OR",
                ),
                name="source_withdrawn_by_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at", None), ("withdrawn_reason", "")),
                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_reason__regex", "\\S")),
                    _connector="OR",
                ),
                name="source_withdrawn_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into", None), models.Q(("merged_into", models.F("id")), _negated=True), _connector="OR"
                ),
                name="source_merged_into_another",
            ),
        ),
        migrations.AddField(
            model_name="snapshot",
            name="compared_with",
            field=articles.models.base.DeskForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="articles.snapshot"
            ),
        ),
        migrations.AddField(
            model_name="snapshot",
            name="desk",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.desk"
            ),
        ),
        migrations.AddField(
            model_name="snapshot",
            name="kept_by",
            field=articles.models.fields.MemberForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="snapshot",
            name="original",
            field=articles.models.base.DeskForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="snapshots", to="articles.original"
            ),
        ),
        migrations.AddField(
            model_name="snapshot",
            name="source",
            field=articles.models.base.DeskForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="snapshots", to="articles.source"
            ),
        ),
        migrations.AddIndex(
            model_name="snapshot",
            index=models.Index(fields=["desk", "source", "-id"], name="snapshot_of_source"),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.CheckConstraint(
                condition=models.Q(("means__in", ["fetch", "upload", "screenshot", "paste"])),
                name="snapshot_means_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("original__isnull", False), ("outcome__in", ("kept", "differs"))),
                    models.Q(
                        models.Q(("outcome__in", ("kept", "differs")), _negated=True), ("original", None), ("text", "")
                    ),
                    _connector="OR",
                ),
                name="snapshot_copy_has_bytes",
            ),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "failed"), ("failure__regex", "\\S")),
                    models.Q(models.Q(("outcome", "failed"), _negated=True), ("failure", "")),
                    _connector="OR",
                ),
                name="snapshot_failure_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("compared_with", None), ("outcome__in", ("kept", "failed"))),
                    models.Q(("compared_with__isnull", False), ("outcome__in", ("same", "differs"))),
                    _connector="OR",
                ),
                name="snapshot_check_has_its_copy",
            ),
        ),
        KeepWithinDesk(["Snapshot"]),
        ReferWithinDesk("Source", ["merged_into", "withdrawn_by"]),
        run("sources"),
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
        run("source_kinds"),
        RENEWED,
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "article-newspaper",
                            "webpage",
                            "report",
                            "dataset",
                            "document",
                            "article-journal",
                            "book",
                            "legislation",
                            "legal_case",
                            "hearing",
                            "post",
                            "post-weblog",
                            "broadcast",
                            "motion_picture",
                            "graphic",
                            "map",
                            "interview",
                            "personal_communication",
                        ],
                    )
                ),
                name="source_kind_is_known",
            ),
        ),
        telling("snapshot", "source", "evidence"),
    ]
