"""The `antenne` command. Django is loaded by the commands that need it, when they run."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.console import Console

from antenne.cli.late import platform_call
from antenne.cli.parts import function_load, part_run
from antenne.cli.serve import ServeRefused
from antenne.cli.serve import serve as platform_serve
from antenne.kernel.environment import EnvironmentRefused, environment

app = typer.Typer(
    name="antenne",
    help="A video platform that one command starts.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
token_app = typer.Typer(help="Personal access tokens.", no_args_is_help=True)
app.add_typer(token_app, name="token")
console = Console(highlight=False, soft_wrap=True)
complaints = Console(stderr=True, highlight=False, soft_wrap=True)


@app.command()
def serve() -> None:
    """Start everything: database, web, edge and worker. Ctrl-C stops it."""
    try:
        platform_serve(environment(), console.print)
    except (ServeRefused, EnvironmentRefused) as error:
        _refuse(error)


@app.command()
def web() -> None:
    """Serve the pages only."""
    part_run("web")


@app.command()
def edge() -> None:
    """Serve media, uploads and events only."""
    part_run("edge")


@app.command()
def worker() -> None:
    """Do the background work only."""
    part_run("worker")


@app.command()
def doctor(*, json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Say what is wrong with this installation and how to mend it."""
    raise typer.Exit(int(str(function_load("antenne.cli.doctor:doctor_run")(as_json=json))))


@app.command()
def createadmin(
    email: Annotated[str, typer.Option(help="With which the person signs in.")],
    name: Annotated[str, typer.Option(help="Shown to others.")] = "",
    *,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
) -> None:
    """Make a person who may run the site."""
    password = sys.stdin.readline().rstrip("\n") if password_stdin else _password_ask()
    typer.echo(
        platform_call("antenne.cli.people:admin_create", email=email, password=password, name=name)
    )


@token_app.command("create")
def token_create(
    user: Annotated[str, typer.Option(help="E-mail address of the person.")],
    name: Annotated[str, typer.Option(help="By which the person recognises it.")] = "command line",
) -> None:
    """Make an access token for a person and print it, once."""
    typer.echo(platform_call("antenne.cli.people:token_create", email=user, name=name))


def _password_ask() -> str:
    answer: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return answer


def _refuse(error: Exception) -> None:
    complaints.print(f"[bold red]Antenne cannot start.[/] {error}")
    raise typer.Exit(1)


if __name__ == "__main__":
    app()
