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
        ("articles", "0018_sources"),
    ]

    operations = [
        migrations.CreateModel(
            name="Resolution",
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
                    "stands",
                    models.CharField(
                        choices=[
                            ("first", "The first stands"),
                            ("second", "The second stands"),
                            ("third", "Another finding"),
                        ],
                        max_length=6,
                    ),
                ),
                ("note", models.TextField()),
                ("resolved_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Suggestion",
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
                    "part",
                    models.CharField(choices=[("text", "the claim"), ("rationale", "the rationale")], max_length=9),
                ),
                ("before", models.TextField()),
                ("words", models.TextField()),
                ("suggested_at", models.DateTimeField(auto_now_add=True)),
                (
                    "decision",
                    models.CharField(
                        blank=True, choices=[("accepted", "Accepted"), ("declined", "Declined")], max_length=8
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
            ],
        ),
        migrations.AddField(
            model_name="claim",
            name="aside",
            field=models.CharField(
                blank=True,
                choices=[
                    ("opinion", "An opinion"),
                    ("prediction", "A prediction"),
                    ("not_checkable", "Not checkable"),
                    ("duplicate", "A duplicate"),
                    ("out_of_scope", "Out of scope"),
                    ("other", "Something else"),
                ],
                max_length=13,
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="blind",
            field=models.BooleanField(
                default=False, help_text="whether its verdicts are found blind, whatever the desk does"
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="duplicate_of",
            field=articles.models.base.DeskForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="duplicates",
                to="articles.claim",
            ),
        ),
        migrations.AddField(
            model_name="desk",
            name="blind_reviews",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="verdict",
            name="as_of",
            field=articles.models.fields.PartialDateField(),
        ),
        migrations.AddField(
            model_name="verdict",
            name="blind",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="verdict",
            name="recheck_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="verdict",
            name="second_of",
            field=articles.models.base.DeskForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="seconds",
                to="articles.verdict",
            ),
        ),
        migrations.AddField(
            model_name="verdict",
            name="wording",
            field=models.TextField(blank=True),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(
                condition=models.Q(("second_of__isnull", False)), fields=["desk", "-id"], name="verdict_second_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(
                condition=models.Q(("recheck_on__isnull", False)), fields=["desk", "recheck_on"], name="verdict_recheck"
            ),
        ),
        run("asides"),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("aside__in", ["opinion", "prediction", "not_checkable", "duplicate", "out_of_scope", "other"]),
                        ("status", "set_aside"),
                    ),
                    models.Q(models.Q(("status", "set_aside"), _negated=True), ("aside", "")),
                    _connector="OR",
                ),
                name="claim_aside_while_set_aside",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("aside", "duplicate"), ("duplicate_of__isnull", False)),
                    models.Q(models.Q(("aside", "duplicate"), _negated=True), ("duplicate_of__isnull", True)),
                    _connector="OR",
                ),
                name="claim_duplicate_of_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("duplicate_of", models.F("id")), _negated=True), name="claim_duplicate_of_another"
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(("name__regex", "\\S"), ("definition__regex", "\\S")), name="rating_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(("needs__in", ["evidence", "both_sides", "search", "either"])),
                name="rating_needs_are_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("as_of", ""),
                    ("as_of__regex", "^\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?$"),
                    _connector="OR",
                ),
                name="verdict_date_is_partial_iso",
            ),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.CheckConstraint(
                condition=models.Q(("blind", False), ("second_of__isnull", True), _connector="OR"),
                name="verdict_blind_is_the_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.UniqueConstraint(fields=("desk", "second_of"), name="verdict_seconded_once"),
        ),
        migrations.AddField(
            model_name="resolution",
            name="desk",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.desk"
            ),
        ),
        migrations.AddField(
            model_name="resolution",
            name="resolved_by",
            field=articles.models.fields.MemberForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="resolution",
            name="standing",
            field=articles.models.base.DeskForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="stands_by", to="articles.verdict"
            ),
        ),
        migrations.AddField(
            model_name="resolution",
            name="verdict",
            field=articles.models.base.DeskForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="resolutions", to="articles.verdict"
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="decided_by",
            field=articles.models.fields.MemberForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="desk",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.desk"
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="suggested_by",
            field=articles.models.fields.MemberForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="verdict",
            field=articles.models.base.DeskForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="suggestions", to="articles.verdict"
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="verdict_author",
            field=articles.models.fields.MemberForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.UniqueConstraint(fields=("desk", "verdict"), name="resolution_once"),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("stands__in", ["first", "second", "third"])), name="resolution_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(condition=models.Q(("note__regex", "\\S")), name="resolution_has_note"),
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(fields=["desk", "verdict"], name="suggestion_of_verdict"),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("part__in", ["text", "rationale"])), name="suggestion_part_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(condition=models.Q(("words__regex", "\\S")), name="suggestion_has_words"),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", models.F("before")), _negated=True), name="suggestion_says_otherwise"
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("suggested_by", models.F("verdict_author")), _negated=True),
                name="suggestion_by_a_second_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("decision", "")),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by", models.F("verdict_author")),
                        ("decided_by__isnull", False),
                        ("decision__in", ["accepted", "declined"]),
                    ),
                    _connector="OR",
                ),
                name="suggestion_decided_by_the_author",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "declined"), _negated=True), ("reason__regex", "\\S"), _connector="OR"
                ),
                name="suggestion_declined_has_reason",
            ),
        ),
        KeepWithinDesk(["Resolution", "Suggestion"]),
        ReferWithinDesk("Verdict", ["second_of"]),
        ReferWithinDesk("Claim", ["duplicate_of"]),
        run("findings"),
        telling("resolution", "suggestion", "claim", "desk", "verdict"),
    ]
