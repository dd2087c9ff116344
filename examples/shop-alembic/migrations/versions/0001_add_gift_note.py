"""Add orders.gift_note."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade():
    op.add_column("orders", sa.Column("gift_note", sa.Text()), schema="public")
