"""what a contest taught

Revision ID: 0003
Revises: 0002
Create Date: 2026-11-28 05:30:00

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('visit_count',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('hour', sa.DateTime(timezone=True), nullable=False),
    sa.Column('visits', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['contest_id'], ['contest.id'], name=op.f('fk_visit_count_contest_id_contest')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_count')),
    sa.UniqueConstraint('contest_id', 'hour', name=op.f('uq_visit_count_contest_id'))
    )
    op.create_table('rating_count',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('score', sa.Integer(), nullable=False),
    sa.Column('ratings', sa.Integer(), nullable=False),
    sa.Column('waiting', sa.Integer(), nullable=False),
    sa.CheckConstraint('score BETWEEN 1 AND 5', name=op.f('ck_rating_count_one_to_five')),
    sa.ForeignKeyConstraint(['contest_id'], ['contest.id'], name=op.f('fk_rating_count_contest_id_contest')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rating_count')),
    sa.UniqueConstraint('contest_id', 'score', name=op.f('uq_rating_count_contest_id'))
    )
    op.create_table('evaluation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('contest_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('document', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['contest_id'], ['contest.id'], name=op.f('fk_evaluation_contest_id_contest')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evaluation')),
    sa.UniqueConstraint('contest_id', name=op.f('uq_evaluation_contest_id'))
    )
    op.add_column('attempt', sa.Column('device', sa.String(length=16), nullable=False, server_default=''))
    op.add_column('participation', sa.Column('has_rated', sa.Boolean(), nullable=False, server_default=sa.false()))
    # only what was there before needs them; new rows say it themselves, as everywhere
    if op.get_bind().dialect.name != 'sqlite':
        op.alter_column('attempt', 'device', server_default=None)
        op.alter_column('participation', 'has_rated', server_default=None)


def downgrade():
    with op.batch_alter_table('participation', schema=None) as batch_op:
        batch_op.drop_column('has_rated')
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.drop_column('device')
    op.drop_table('evaluation')
    op.drop_table('rating_count')
    op.drop_table('visit_count')
