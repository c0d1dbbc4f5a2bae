"""Whether the database has every migration of this release."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def migrations_missing() -> int:
    """Return how many migrations the database lacks; raise DatabaseError where it is away.

    Where it has each by name, which is the rule, none of them is loaded to find that out.
    """
    if _names() <= MigrationRecorder(connection).applied_migrations().keys():
        return 0
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@cache
def _names() -> frozenset[tuple[str, str]]:
    """Name every migration that lies beside an app, those too that a later one stands for."""
    return frozenset(
        (app.label, name) for app in apps.get_app_configs() for name in _beside(app.label)
    )


def _beside(label: str) -> list[str]:
    module, _ = MigrationLoader.migrations_module(label)
    if module is None or find_spec(module) is None:
        return []
    folder = import_module(module).__path__
    return [found.name for found in pkgutil.iter_modules(folder) if found.name[0] not in "_~"]
