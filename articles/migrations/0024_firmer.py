from django.db import migrations

from articles.migrations._sql import run, run_back


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0023_record"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="verdict", name="verdict_recheck"),
        run("approvals_held"),
        run("firmer"),
        run_back("approvals_held"),
    ]
