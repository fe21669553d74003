"""Alembic runs this file. The connection comes from ``storage.moving``, already in a transaction."""

from alembic import context

from storage.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,  # SQLite can, too, when the driver does not commit behind our back
    render_as_batch=False,
)
with context.begin_transaction():
    context.run_migrations()
