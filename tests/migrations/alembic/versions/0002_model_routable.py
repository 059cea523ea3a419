"""Guard workspaces."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.execute("CREATE EXTENSION IF NOT EXISTS model_routable")
    op.execute("SELECT routable.attach('workspaces')")


def downgrade():
    op.execute("SELECT routable.detach('workspaces')")
