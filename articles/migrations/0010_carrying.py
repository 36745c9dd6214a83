from django.db import migrations

from articles.migrations._sql import run


class Migration(migrations.Migration):
    dependencies = [("articles", "0009_arrivals")]

    operations = [run("carrying")]
