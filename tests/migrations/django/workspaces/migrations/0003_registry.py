from pathlib import Path

from django.db import migrations

registry = Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("workspaces", "0002_model_routable")]

    operations = [
        migrations.RunSQL(
            [("SELECT routable.release(%s, 'kimi-k2 is suspended')", [registry])],
            reverse_sql=["SELECT routable.revert(0)"],
        ),
    ]
