"""The `antenne` command. Django is loaded by the commands that need it, when they run."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from antenne.cli.late import CommandRefused, platform_call
from antenne.cli.parts import function_load, part_run
from antenne.cli.serve import ServeRefused
from antenne.cli.serve import serve as platform_serve
from antenne.cli.wish import Wish
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
statistics_app = typer.Typer(help="Views and watch time.", no_args_is_help=True)
app.add_typer(statistics_app, name="statistics")
feed_app = typer.Typer(help="Feeds of this site and of others.", no_args_is_help=True)
app.add_typer(feed_app, name="feed")
egress_app = typer.Typer(help="Bytes that other servers have sent.", no_args_is_help=True)
app.add_typer(egress_app, name="egress")

_SCOPES = "read, videos, community, account or desk; may be given several times; else all."
# Options that publishing and importing have in common.
ChannelOption = Annotated[str, typer.Option(help="Handle of the channel; else the person's first.")]
PersonOption = Annotated[
    str, typer.Option("--as", help="Whose video; else the first administrator.")
]
TitleOption = Annotated[str, typer.Option(help="Else made of the file's name.")]
VisibilityOption = Annotated[str, typer.Option(help="public, unlisted, private or password.")]
PasswordOption = Annotated[
    bool, typer.Option("--password-stdin", help="Read the video's password from standard input.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line, for programs.")]
NoWaitOption = Annotated[bool, typer.Option("--no-wait", help="End once it can be watched.")]


@app.command()
def serve() -> None:
    """Start everything: database, web, edge and worker. Ctrl-C stops it."""
    try:
        platform_serve(environment(), _tell)
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
def publish(  # noqa: PLR0913 - each is an option of the command
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, readable=True)],
    channel: ChannelOption = "",
    person: PersonOption = "",
    title: TitleOption = "",
    visibility: VisibilityOption = "public",
    *,
    password_stdin: PasswordOption = False,
    as_json: JsonOption = False,
    no_wait: NoWaitOption = False,
) -> None:
    """Put videos in, and say where they can be watched the moment they can."""
    password = _line_read() if password_stdin else ""
    wish = Wish(channel, person, title, visibility, password, wait=not no_wait)
    raise typer.Exit(
        int(
            platform_call(
                "antenne.cli.publish:files_publish", paths=files, wish=wish, as_json=as_json
            )
        )
    )


@app.command("import")
def import_urls(  # noqa: PLR0913 - each is an option of the command
    urls: Annotated[list[str], typer.Argument(help="Pages or files on the web.")],
    channel: ChannelOption = "",
    person: PersonOption = "",
    title: TitleOption = "",
    visibility: VisibilityOption = "public",
    *,
    password_stdin: PasswordOption = False,
    as_json: JsonOption = False,
    no_wait: NoWaitOption = False,
) -> None:
    """Fetch videos from addresses and put them in."""
    password = _line_read() if password_stdin else ""
    wish = Wish(channel, person, title, visibility, password, wait=not no_wait)
    raise typer.Exit(
        int(platform_call("antenne.cli.publish:urls_import", urls=urls, wish=wish, as_json=as_json))
    )


@feed_app.command("lint")
def feed_lint(
    where: Annotated[str, typer.Argument(help="Address or file of the feed.")],
) -> None:
    """Say what a portal (MSN) would refuse of a feed, each finding with its line."""
    try:
        said = str(function_load("antenne.cli.feeds:feed_check")(where=where))
    except CommandRefused as error:
        typer.echo(f"antenne: {error}", err=True)
        raise typer.Exit(1) from error
    typer.echo(said)
    raise typer.Exit(int(", 0 refusals," not in said))


@app.command()
def demo(
    *,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Also on a site that has videos.")
    ] = False,
) -> None:
    """Fill an empty site with people, channels and videos made on the spot."""
    typer.echo(platform_call("antenne.cli.demo:demo_run", anyway=anyway))


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
    password = _line_read() if password_stdin else _password_ask()
    typer.echo(
        platform_call("antenne.cli.people:admin_create", email=email, password=password, name=name)
    )


@token_app.command("create")
def token_create(
    user: Annotated[str, typer.Option(help="E-mail address of the person.")],
    name: Annotated[str, typer.Option(help="By which the person recognises it.")] = "command line",
    scope: Annotated[list[str] | None, typer.Option(help=_SCOPES)] = None,
    days: Annotated[int, typer.Option(min=0, max=3650, help="0: until revoked.")] = 0,
) -> None:
    """Make an access token for a person and print it, once."""
    values = {"email": user, "name": name, "scopes": scope or [], "days": days}
    typer.echo(platform_call("antenne.cli.people:token_create", **values))


@statistics_app.command("check")
def statistics_check() -> None:
    """Compute every figure again from the event log and say whether all agree."""
    typer.echo(platform_call("antenne.cli.statistics:check_run"))


@statistics_app.command("geo")
def statistics_geo() -> None:
    """Say which database tells countries and networks, and whether it can be used."""
    typer.echo(function_load("antenne.cli.statistics:geo_run")())


@egress_app.command("import")
def egress_import(
    logs: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, readable=True)],
) -> None:
    """Count into the network bill what nginx has sent, from its access logs; twice counts once."""
    typer.echo(platform_call("antenne.cli.egress:logs_import", paths=logs))


def _tell(text: str) -> None:
    """Say something; a platform whose terminal or log has gone away runs on."""
    with suppress(OSError):
        typer.echo(text)


def _line_read() -> str:
    return sys.stdin.readline().rstrip("\n")


def _password_ask() -> str:
    answer: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return answer


def _refuse(error: Exception) -> None:
    typer.secho("Antenne cannot start. ", fg="red", bold=True, err=True, nl=False)
    typer.echo(error, err=True)
    raise typer.Exit(1)


if __name__ == "__main__":
    app()
