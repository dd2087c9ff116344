"""Index orders.gift_note, outside a transaction; its wait for older transactions blocks nobody and is not timed."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    with op.get_context().autocommit_block():
        op.execute("SET lock_timeout = 0")
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS public.orders_gift_note_idx")
        op.execute("CREATE INDEX CONCURRENTLY orders_gift_note_idx ON public.orders (gift_note)")
