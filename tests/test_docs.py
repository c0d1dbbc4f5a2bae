"""The documents say what the code does: what can be checked by a machine is checked here."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from antenne.cli.main import app
from antenne.cli.worker import lanes
from antenne.custody.datamap import DATA_MAP
from antenne.flow import FLOW, PERIODIC
from tools.configuration_docs import page

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
# Tutorials name files that their reader is about to make.
STATING = [path for path in DOCUMENTS if "tutorials" not in path.parts]
OURS = ("kernel", "custody", "accounts", "catalog", "pipeline", "audience", "community")
FOLDERS = "antenne|benchmarks|deploy|docs|frontend|requirements|tests|tools"
HEADINGS = ("Context", "Decision", "Consequences", "Alternatives", "Enforced by")
FRAGMENT = re.compile(r"[a-z0-9-]+\.(added|changed|fixed|removed|security)\.md")
# Words that would send a reader, or a build, to one machine or one registry.
ELSEWHERE = re.compile(r"/(?:root|home|work|tmp)/|\b(?:pypi|npmjs|pythonhosted)[.]\w|TODO")


def read(name: str) -> str:
    return (ROOT / name).read_text()


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def spans(path: Path) -> Iterator[str]:
    """Return what stands in code style in the text of a document."""
    prose = re.sub(r"^ *```.*?^ *```", "", path.read_text(), flags=re.MULTILINE | re.DOTALL)
    yield from re.findall(r"`([^`\n]+)`", prose)


def slugs(path: Path) -> set[str]:
    """Return the anchors of a document's headings, as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", path.read_text(), flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def names_of(module: Path) -> set[str]:
    """Return what a module defines at its top."""
    names: set[str] = set()
    for node in ast.parse(module.read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names


def commands() -> set[str]:
    """Return every command, `antenne token create` included."""
    top = typer.main.get_command(app)
    assert isinstance(top, TyperGroup)
    found = set()
    for name, command in top.commands.items():
        inner = command.commands if isinstance(command, TyperGroup) else {}
        found |= {f"{name} {word}" for word in inner} or {name}
    return found


def test_every_environment_variable_is_described() -> None:
    described = read("docs/operations/configuration.md")

    assert described == page(), (
        "python -m tools.configuration_docs > docs/operations/configuration.md"
    )


def test_every_make_target_is_described() -> None:
    targets = re.findall(r"^([a-z0-9]+):.*## ", read("Makefile"), flags=re.MULTILINE)
    described = read("CONTRIBUTING.md")

    assert [target for target in targets if f"| `make {target}` |" not in described] == []


def test_every_package_stands_in_the_map_with_its_own_sentence() -> None:
    described = read("ARCHITECTURE.md")
    places = [*ROOT.glob("antenne/*/__init__.py"), ROOT / "antenne" / "flow.py"]
    rows = {}
    for place in places:
        name = f"{named(place.parent)}/" if place.name == "__init__.py" else named(place)
        sentence = (ast.get_docstring(ast.parse(place.read_text())) or "").splitlines()[0]
        rows[name] = f"| `{name}` | {sentence} |"

    assert [row for row in rows.values() if row not in described] == []


def test_the_line_of_imports_is_the_one_that_is_checked() -> None:
    contracts = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["contracts"]

    assert f"\n{' → '.join(contracts[0]['layers'])}\n" in read("ARCHITECTURE.md")


def test_every_model_of_ours_has_its_place_in_the_state() -> None:
    described = read("ARCHITECTURE.md")
    models = [label.split(".") for label in DATA_MAP]

    missing = [name for area, name in models if area in OURS and f"`{name}`" not in described]
    assert missing == []


def test_every_fact_stands_in_its_table_with_its_handlers() -> None:
    described = read("docs/subsystems/facts.md")
    rows = [
        f"| `{fact}` | {', '.join(f'`{task.name}`' for task in handlers) or '–'} |"  # noqa: RUF001 - a dash
        for fact, handlers in FLOW.items()
    ]

    assert [row for row in rows if row not in described] == []
    assert [task.name for task in PERIODIC if f"| `{task.name}` |" not in described] == []


def test_every_lane_is_described_with_its_queues() -> None:
    described = read("docs/subsystems/facts.md")
    known = lanes(quality_jobs=0)
    jobs = {lane.name: str(lane.jobs or "`ANTENNE_QUALITY_JOBS`") for lane in known}
    queues = {lane.name: ", ".join(f"`{queue}`" for queue in lane.queues) for lane in known}

    rows = [f"| {name} | {queues[name]} | {jobs[name]} |" for name in jobs]
    assert [row for row in rows if row not in described] == []


def test_every_command_is_described_and_every_one_described_is_there() -> None:
    known = commands()
    described = read("docs/operations/running.md")
    said = {span.removeprefix("antenne ") for path in DOCUMENTS for span in spans(path)
            if span.startswith("antenne ")}  # fmt: skip

    assert [name for name in known if f"| `antenne {name}" not in described] == []
    assert [word for word in said if not any(f"{word} ".startswith(f"{n} ") for n in known)] == []


def test_each_decision_has_a_number_of_its_own_and_stands_once_in_the_index() -> None:
    files = [path.name for path in sorted((ROOT / "docs/decisions").glob("0*.md"))]
    numbers = [name[:4] for name in files]
    assert len(numbers) == len(set(numbers))
    assert re.findall(r"\]\((0[^)]+)\)", read("docs/decisions/README.md")) == files


def test_every_decision_is_in_the_index_and_complete() -> None:
    index = read("docs/decisions/README.md")
    for path in sorted((ROOT / "docs/decisions").glob("0*.md")):
        title, _, text = path.read_text().partition("\n")
        number, _, words = title.removeprefix("# ").partition(" ")
        headings = tuple(re.findall(r"^## (.+)$", text, flags=re.MULTILINE))

        assert f"| [{number}]({path.name}) | {words} |" in index, path.name
        assert path.name.startswith(f"{number}-")
        assert headings == HEADINGS, path.name
        assert all(f"- {field}: " in text for field in ("Status", "Area", "Date")), path.name


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_every_link_leads_somewhere(path: Path) -> None:
    lost = []
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text()):
        place, _, anchor = target.partition("#")
        file = (path.parent / place).resolve() if place else path
        if "://" not in target and (not file.exists() or (anchor and anchor not in slugs(file))):
            lost.append(target)

    assert lost == []


@pytest.mark.parametrize("path", STATING, ids=named)
def test_every_file_and_function_that_is_named_exists(path: Path) -> None:
    lost = []
    for span in spans(path):
        function = re.fullmatch(r"(antenne(?:\.\w+)*):(\w+)", span)
        if function:
            stem = ROOT.joinpath(*function[1].split("."))
            module = stem.with_suffix(".py") if not stem.is_dir() else stem / "__init__.py"
            if not module.exists() or function[2] not in names_of(module):
                lost.append(span)
        elif re.fullmatch(rf"({FOLDERS})/[\w./*-]*", span) and not any(ROOT.glob(span.rstrip("/"))):
            lost.append(span)

    assert lost == []


@pytest.mark.parametrize("path", sorted((ROOT / "docs/tutorials").glob("*.md")), ids=named)
def test_every_diff_of_a_tutorial_applies(path: Path) -> None:
    for diff in re.findall(r"^```diff\n(.*?)^```", path.read_text(), re.MULTILINE | re.DOTALL):
        head, _, body = diff.partition("\n")
        file = head.removeprefix("--- a/")
        for hunk in re.split(r"^@@.*\n", body, flags=re.MULTILINE):
            lines = [line for line in hunk.splitlines() if not line.startswith("+")]
            before = "\n".join(line[1:] for line in lines)
            assert before in read(file), f"{file} has no more:\n{before}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_no_document_speaks_of_one_machine_or_registry(path: Path) -> None:
    text = path.read_text().replace("No TODO without", "")

    assert ELSEWHERE.findall(text) == []


def test_every_changelog_fragment_is_one_sentence_of_a_known_kind() -> None:
    for path in (ROOT / "docs/changelog.d").iterdir():
        if path.name != "README.md":
            assert FRAGMENT.fullmatch(path.name), path.name
            assert re.fullmatch(r"[A-Z][^\n]+\.\n", path.read_text()), path.name


def test_no_lock_file_names_an_address() -> None:
    pins = "".join(path.read_text() for path in ROOT.glob("requirements/*.txt"))

    assert re.findall(r"https?://\S+", pins) == []
    assert '"resolved"' not in read("package-lock.json")
