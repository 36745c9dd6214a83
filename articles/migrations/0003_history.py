from django.db import migrations

from articles.migrations._sql import run


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_keep_within_desk")]

    operations = [run("history")]
