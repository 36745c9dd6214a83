from django.db import migrations, models

NOTICES = [
    ("assigned", "Assigned to you"),
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
        ("articles", "0024_firmer"),
    ]

    operations = [
        migrations.AlterField(model_name="notice", name="kind", field=models.CharField(choices=NOTICES, max_length=8)),
    ]
