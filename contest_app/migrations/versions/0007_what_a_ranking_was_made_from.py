"""what a ranking was made from

Revision ID: 0007
Revises: 0006
Create Date: 2026-11-28 10:45:00

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade():
    # SQLite: a number is never given twice, so that an evaluation knows the ranking it was made from
    remade = 'always' if op.get_bind().dialect.name == 'sqlite' else 'auto'
    with op.batch_alter_table('standings_run', recreate=remade, table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        batch_op.add_column(sa.Column('attempts', sa.Integer(), nullable=True))


def downgrade():
    with op.batch_alter_table('standings_run', schema=None) as batch_op:
        batch_op.drop_column('attempts')
