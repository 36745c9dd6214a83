import django.db.models.functions.text
from django.db import migrations, models

import articles.models.fields
from articles.migrations._sql import run


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_editions")]

    operations = [
        migrations.AddField(
            model_name="article",
            name="updated",
            field=articles.models.fields.PartialDateField(),
        ),
        migrations.AddField(
            model_name="articleversion",
            name="direction",
            field=models.CharField(blank=True, help_text="ltr or rtl; empty when unknown", max_length=3),
        ),
        migrations.AddField(
            model_name="articleversion",
            name="links",
            field=models.JSONField(default=list, help_text="[start, end, target] in code points of the text"),
        ),
        migrations.AddField(
            model_name="articleversion",
            name="pages",
            field=models.JSONField(default=list, help_text="[start, name]: from there on the text stands on that page"),
        ),
        migrations.AlterField(
            model_name="articleversion",
            name="method",
            field=models.CharField(
                choices=[
                    ("paste", "Pasted"),
                    ("upload", "Uploaded file"),
                    ("command", "Imported by command"),
                    ("fetch", "Fetched from its address"),
                ],
                max_length=7,
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(models.F("desk"), django.db.models.functions.text.MD5("url"), name="article_address"),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("updated", ""),
                    ("updated__regex", "^\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?$"),
                    _connector="OR",
                ),
                name="article_update_is_partial_iso",
            ),
        ),
        migrations.AddConstraint(
            model_name="articleversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("direction__in", ("", "ltr", "rtl"))), name="version_direction_is_known"
            ),
        ),
        run("links"),
    ]
