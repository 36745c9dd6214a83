from django.db import migrations, models

from articles.migrations._sql import run


class Migration(migrations.Migration):
    dependencies = [("articles", "0013_taking_back")]

    operations = [
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "desk_id",
                        "article_id",
                        "person_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("desk_id", models.UUIDField()),
                ("article_id", models.UUIDField()),
                ("person_id", models.UUIDField()),
                ("block", models.PositiveIntegerField(help_text="where the block begins that is read, in code points")),
                ("claim_id", models.UUIDField(help_text="the claim in hand", null=True)),
                ("seen_at", models.DateTimeField()),
            ],
        ),
        run("presence"),
    ]
