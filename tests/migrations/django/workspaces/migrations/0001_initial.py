from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    operations = [
        migrations.CreateModel(
            name="Workspace",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("runtime", models.TextField()),
                ("model", models.TextField()),
            ],
            options={"db_table": "workspaces"},
        ),
    ]
