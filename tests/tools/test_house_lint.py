"""The rules of this house complain of what breaks them, and of nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.house_lint import complaints_of

LONG = "def swans() -> None:\n" + "    print()\n" * 41 + "\n\nswans()\n"


def said(folder: Path, name: str, code: str) -> list[str]:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(code)
    return [line.removeprefix(f"{folder}/") for line in complaints_of(folder)]


@pytest.mark.parametrize(
    ("name", "code", "complaint"),
    [
        ("pond.py", "\n" * 401, "pond.py:1: module has 401 lines, at most 400"),
        ("pond.py", LONG, "pond.py:1: swans has 42 lines, at most 40"),
        (
            "views.py",
            "Swan.objects.create()",
            "views.py:1: Swan.objects.create() outside a service",
        ),
        (
            "models/birds.py",
            "class Swan:\n    def save(self): ...\n\nSwan()",
            "models/birds.py:2: Swan.save() is overridden",
        ),
        ("pond.py", "def swans() -> int:\n    return 2", "pond.py:1: nobody refers to swans"),
        ("pond.py", "SWANS: int = 2", "pond.py:1: nobody refers to SWANS"),
    ],
)
def test_what_breaks_a_rule_is_named_with_its_place(
    tmp_path: Path, name: str, code: str, complaint: str
) -> None:
    (found,) = said(tmp_path, name, code)

    assert found.startswith(complaint)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("services/birds.py", "Swan.objects.create()"),
        ("pond.py", "@app.task\ndef swans() -> None: ..."),
        ("urls.py", "urlpatterns = []"),
        ("pond.py", "def swans() -> None: ...\n\nCALLED = swans\nprint(CALLED)"),
    ],
)
def test_what_keeps_to_the_rules_is_left_alone(tmp_path: Path, name: str, code: str) -> None:
    assert said(tmp_path, name, code) == []


def test_a_name_that_only_a_template_calls_is_used(tmp_path: Path) -> None:
    (tmp_path / "pond.html").write_text("{% swans %}")

    assert said(tmp_path, "pond.py", "def swans() -> None: ...") == []
