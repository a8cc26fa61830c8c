"""what a document was made from

Revision ID: 0008
Revises: 0007
Create Date: 2026-11-28 10:52:00

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('issued_document', schema=None) as batch_op:
        batch_op.add_column(sa.Column('said', sa.JSON(), nullable=False, server_default='{}'))
    with op.batch_alter_table('issued_document', schema=None) as batch_op:
        batch_op.alter_column('said', server_default=None)


def downgrade():
    with op.batch_alter_table('issued_document', schema=None) as batch_op:
        batch_op.drop_column('said')
