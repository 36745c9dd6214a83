from django.db import migrations

from articles.migrations._sql import run


class Migration(migrations.Migration):
    dependencies = [("articles", "0011_preferences")]

    operations = [run("borders")]
