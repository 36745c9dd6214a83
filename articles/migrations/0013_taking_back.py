from django.db import migrations, models

from articles.migrations._sql import run


class Migration(migrations.Migration):
    dependencies = [("articles", "0012_borders")]

    operations = [
        run("moves_back"),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["desk", "actor_id", "-number"], name="event_actor_newest"),
        ),
    ]
