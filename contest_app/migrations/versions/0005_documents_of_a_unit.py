"""documents of a unit

Revision ID: 0005
Revises: 0004
Create Date: 2026-11-28 12:40:00

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('unit_letterhead',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('superior', sa.String(length=255), nullable=False),
    sa.Column('issuer', sa.String(length=255), nullable=False),
    sa.Column('place', sa.String(length=255), nullable=False),
    sa.Column('authority', sa.String(length=255), nullable=False),
    sa.Column('signer_lines', sa.JSON(), nullable=False),
    sa.Column('signer_name', sa.String(length=255), nullable=False),
    sa.Column('recipients', sa.JSON(), nullable=False),
    sa.Column('archive', sa.String(length=255), nullable=False),
    sa.Column('symbols', sa.JSON(), nullable=False),
    sa.Column('numbers', sa.JSON(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_unit_letterhead_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit_letterhead')),
    sa.UniqueConstraint('unit_id', name=op.f('uq_unit_letterhead_unit_id'))
    )
    op.create_table('issued_document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=64), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('symbol', sa.String(length=64), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('bases', sa.JSON(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['contest_id'], ['contest.id'], name=op.f('fk_issued_document_contest_id_contest')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_issued_document_made_by_id_user_account')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_issued_document_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_issued_document')),
    sa.UniqueConstraint('unit_id', 'kind', 'year', 'number', name=op.f('uq_issued_document_unit_id'))
    )
    with op.batch_alter_table('issued_document') as batch:
        batch.create_index(op.f('ix_issued_document_contest_id'), ['contest_id'])
        batch.create_index(op.f('ix_issued_document_made_by_id'), ['made_by_id'])


def downgrade():
    op.drop_table('issued_document')
    op.drop_table('unit_letterhead')
