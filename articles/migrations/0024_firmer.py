from django.db import migrations, models

from articles.migrations._sql import run, run_back

NOTICES = [
    ("assigned", "Given to you"),
    ("returned", "Returned"),
    ("approved", "Approved"),
    ("voided", "Taken back from review"),
    ("reopened", "Reopened"),
    ("aside", "Set aside"),
    ("due", "Due"),
    ("asked", "Asked of you"),
    ("answered", "Answered"),
    ("resolved", "Another finding stands"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0023_record"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="verdict", name="verdict_recheck"),
        migrations.RemoveConstraint(model_name="notice", name="notice_kind_is_known"),
        migrations.AlterField(model_name="notice", name="kind", field=models.CharField(choices=NOTICES, max_length=8)),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", [kind for kind, _ in NOTICES])), name="notice_kind_is_known"
            ),
        ),
        run("approvals_held"),
        run("firmer"),
        run_back("approvals_held"),
    ]
