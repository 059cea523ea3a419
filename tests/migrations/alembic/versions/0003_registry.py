"""Release the registry of the file beside."""

from pathlib import Path

import sqlalchemy
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade():
    registry = Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    release = sqlalchemy.text("SELECT routable.release(:registry, 'kimi-k2 is suspended')")
    op.execute(release.bindparams(registry=registry))


def downgrade():
    op.execute("SELECT routable.revert(0)")
