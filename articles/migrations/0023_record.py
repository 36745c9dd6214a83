from django.db import migrations, models

INDEXES = {
    "event_day": ["desk", "at", "number"],
    "event_kind": ["desk", "subject_kind", "at", "number"],
    "event_actor_day": ["desk", "actor_id", "at", "number"],
    "event_actor_kind": ["desk", "actor_id", "subject_kind", "at", "number"],
}


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0022_queries"),
    ]

    operations = [
        *(
            migrations.AddIndex(model_name="auditevent", index=models.Index(fields=fields, name=name))
            for name, fields in INDEXES.items()
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(
                condition=models.Q(("withdrawn_at__isnull", False)), fields=["desk", "-id"], name="source_withdrawn"
            ),
        ),
        migrations.AddIndex(
            model_name="snapshot",
            index=models.Index(
                condition=models.Q(("outcome", "differs")), fields=["desk", "source", "id"], name="snapshot_differs"
            ),
        ),
    ]
