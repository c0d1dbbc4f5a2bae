"""Call a function that needs the database and Django, loading both only then."""

from __future__ import annotations

import os
from contextlib import ExitStack

import typer

from antenne.cli.parts import django_load, function_load
from antenne.kernel.environment import EnvironmentRefused, environment
from antenne.processes.postgres import EmbeddedPostgres, PostgresRefused, embedded_url


class CommandRefused(Exception):
    """The command cannot do what was asked; the message says why."""


def platform_call(path: str, **arguments: object) -> str:
    """Call the function *path* ("module:name") with *arguments* and return what it answers.

    Uses the database that runs, or starts the embedded one for as long as the call takes.
    A refusal becomes one line on standard error and exit status 1.
    """
    try:
        with ExitStack() as stack:
            _database_open(stack)
            django_load()
            return str(function_load(path)(**arguments))
    except (CommandRefused, EnvironmentRefused, PostgresRefused) as error:
        typer.echo(f"antenne: {error}", err=True)
        raise typer.Exit(1) from error


def _database_open(stack: ExitStack) -> None:
    settings = environment()
    if settings.database_url:
        return
    address = embedded_url(settings.home)
    if address is None:
        address = stack.enter_context(EmbeddedPostgres(settings.home)).url
    os.environ["DATABASE_URL"] = address
    environment.cache_clear()
