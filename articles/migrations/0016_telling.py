from django.db import migrations

from articles.migrations._sql import run


class Migration(migrations.Migration):
    dependencies = [("articles", "0015_whole_words")]

    operations = [run("telling")]
