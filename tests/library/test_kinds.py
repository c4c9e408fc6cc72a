"""Every kind of Step that the program makes is among those that are killed, cut off, cut up and hit."""

import ast
import importlib
import random
from collections.abc import Iterator
from pathlib import Path

import triage
from tests.library.kinds import Desk, each
from tests.library.made import folded, seen
from triage.undo import REDO, UNDO

HOUSE = Path(triage.__file__).parent


def verbs() -> set[str]:
    """What the program calls its Steps, by its source: the first argument of every `record`."""
    found = {UNDO, REDO}
    for path in HOUSE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "record(" not in text and "Edit(" not in text:
            continue
        tree = ast.parse(text)
        module = ".".join(["triage", *path.relative_to(HOUSE).with_suffix("").parts])
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "attr", "") == "record"
                and len(node.args) == 2
            ):
                found |= set(said(node.args[0], tree, module))
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Edit" and len(node.args) > 1:
                found |= set(said(node.args[0], tree, module))
    return found


def said(node: ast.expr, tree: ast.Module, module: str) -> Iterator[str]:
    """The texts that an expression may be; none for what a caller hands on."""
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.IfExp):
        yield from said(node.body, tree, module)
        yield from said(node.orelse, tree, module)
    elif isinstance(node, ast.Name) and node.id.isupper():
        yield str(getattr(importlib.import_module(module), node.id))
    elif isinstance(node, ast.Name):
        for one in ast.walk(tree):
            if isinstance(one, ast.Assign) and getattr(one.targets[0], "id", "") == node.id:
                yield from said(one.value, tree, module)
    elif isinstance(node, ast.Call):
        made = getattr(node.func, "id", "")
        for one in ast.walk(tree):
            if isinstance(one, ast.FunctionDef) and one.name == made:
                for part in ast.walk(one):
                    if isinstance(part, ast.Return) and part.value is not None:
                        yield from said(part.value, tree, module)


def test_every_kind_of_step_is_made(quick_disk: Path) -> None:
    desk = Desk.at(quick_disk, random.Random(1))
    each(desk)
    steps = list(desk.library.history())
    assert {step.what for step in steps} == verbs()
    assert seen(desk.library) == folded(steps)
    desk.library.close()
