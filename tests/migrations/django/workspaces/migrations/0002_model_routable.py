from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("workspaces", "0001_initial")]

    operations = [
        migrations.RunSQL(
            ["CREATE EXTENSION IF NOT EXISTS model_routable", "SELECT routable.attach('workspaces')"],
            reverse_sql=["SELECT routable.detach('workspaces')"],
        ),
    ]
