"""Copies everything into an empty database, compares both, and leaves the source as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import db
from django.db import DEFAULT_DB_ALIAS, connection, transaction

from claims.database.catalog import drop_objects
from claims.database.database_check import find_database_errors
from claims.database.derived_objects import derived_objects, find_differences, stored_objects
from claims.management.backup.write_backup import lock_data_directory
from claims.management.moving.compared_exports import find_different_exports
from claims.management.moving.table_copy import (
    Report,
    TableContents,
    copy_rows,
    read_contents,
    read_last_ids,
    stored_models,
    write_last_ids,
)
from claims.management.moving.target import TARGET, MoveError, Target
from claims.services.changefeed.processor import process_pending

LOCK_SECONDS = 20  # to wait for whoever writes into the source


def move_database(target_config: dict[str, Any], *, report: Report) -> None:
    """Moves all rows, with ids, times and histories, into the database of these settings.

    Raises MoveError, BackupError, db.Error and OSError.

    The source can be read meanwhile, and nobody can write into it. If anything fails, the target is emptied again.
    """
    with lock_data_directory():
        if errors := find_database_errors(connection):
            raise MoveError(f"{errors[0].msg}: {errors[0].hint}")
        process_pending()  # so that the change feed has the same numbers in both
        target = Target(target_config)
        try:
            target.check_empty()
            with _cleared_on_failure(target):
                with _hold_source():
                    _fill(target, report)
                target.finish()
        finally:
            target.forget()


@contextmanager
def _cleared_on_failure(target: Target) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        try:
            target.clear()
        except (db.Error, OSError) as second:
            raise MoveError(
                f"{error}. What was copied could not be removed ({second}): drop the target and create it again"
            ) from error
        raise


@contextmanager
def _hold_source() -> Iterator[None]:
    """Lets others read the source, but not write: what they would save now, the target would lack."""
    with transaction.atomic():  # on SQLite it begins with the lock for writing
        if connection.vendor == "postgresql":
            tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in stored_models())
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
                cursor.execute(f"LOCK TABLE {tables} IN SHARE MODE")
        yield
        transaction.set_rollback(True)


def _fill(target: Target, report: Report) -> None:
    report("creating the tables")
    target.create_tables()
    with transaction.atomic(using=TARGET):
        copied = _copy_tables(target, report)
        write_last_ids(target.connection, read_last_ids(connection))
        target.connection.check_constraints()
        report("building triggers and search indexes")
        for derived in derived_objects(target.connection).values():
            derived.create(target.connection)
    if target.connection.vendor == "postgresql":
        with target.connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    report("comparing every row and the exports")
    _compare(target, copied)


def _copy_tables(target: Target, report: Report) -> dict[str, TableContents]:
    """Copies what no trigger is to change: triggers and search indexes are built of the rows afterwards."""
    drop_objects(target.connection, stored_objects(target.connection).values())
    models = stored_models()
    with target.connection.cursor() as cursor:
        for model in models:  # what migrations have put there; constraints are checked at the end
            cursor.execute(f"DELETE FROM {target.connection.ops.quote_name(model._meta.db_table)}")
    copied = {}
    for number, model in enumerate(models, 1):
        table = model._meta.db_table
        copied[table] = copy_rows(model, DEFAULT_DB_ALIAS, TARGET, report=report)
        if copied[table].rows:
            report(f"{number}/{len(models)} {table}: {copied[table].rows:,} rows")
    return copied


def _compare(target: Target, copied: dict[str, TableContents]) -> None:
    for model in stored_models():
        expected, stored = copied[model._meta.db_table], read_contents(model, TARGET)
        if stored != expected:
            raise MoveError(
                f"{model._meta.db_table} is not the same in both databases "
                f"({expected.rows:,} rows were read, {stored.rows:,} are stored): do not use the target"
            )
    if differences := find_differences(target.connection):
        raise MoveError(f"the target is not as it must be: {differences[0]}")
    target.close()
    if names := find_different_exports(connection.settings_dict, target.connection.settings_dict):
        raise MoveError(f"the exports of both databases differ: {', '.join(names)}")
