"""Content files with the line of everything in them, so that a mistake is reported where it is."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from jsonschema import Draft202012Validator, FormatChecker

Kind = Literal["technique", "tul", "glossary", "syllabus", "stances", "exercises", "plan"]
KeyPath = Sequence[str | int]
FOLDERS: tuple[tuple[Kind, str], ...] = (
    ("technique", "techniques/*.yaml"),
    ("tul", "tuls/*.yaml"),
    ("glossary", "glossary/*.yaml"),
    ("syllabus", "syllabus/*.yaml"),
    ("stances", "stances.yaml"),
    ("exercises", "training/exercises.yaml"),
    ("plan", "training/plans/*.yaml"),
)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Mistake:
    """What is wrong with the content, and where."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentFile:
    """A file that was read; `data` is plain dictionaries and lists, moments kept as text."""

    kind: Kind
    name: str
    data: Any
    root: yaml.Node | None

    def mistake(self, path: KeyPath, message: str) -> Mistake:
        return Mistake(file=self.name, line=line_of(self.root, path), message=message)


class _PlainLoader(yaml.CSafeLoader):
    """Dates stay text: the schema checks them and one place parses them."""


_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def read_content(folder: Path) -> tuple[list[ContentFile], list[Mistake]]:
    """Read every content file below `folder`; a file that is no YAML or breaks its schema is a mistake."""
    files: list[ContentFile] = []
    mistakes: list[Mistake] = []
    for kind, pattern in FOLDERS:
        for path in sorted(folder.glob(pattern)):
            found = _read(kind, path, path.relative_to(folder.parent).as_posix())
            if isinstance(found, Mistake):
                mistakes.append(found)
                continue
            files.append(found)
            mistakes += _schema_mistakes(found, folder / "schema")
    return files, mistakes


def line_of(node: yaml.Node | None, path: KeyPath) -> int:
    """Return the line, from 1, of what `path` leads to, or of the nearest that exists above it."""
    if node is None:
        return 1
    line: int = node.start_mark.line + 1
    for step in path:
        child = _child(node, step)
        if child is None:
            break
        node = child
        line = node.start_mark.line + 1
    return line


def _child(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: yaml.Node = node.value[step]
        return found
    return None


def _read(kind: Kind, path: Path, name: str) -> ContentFile | Mistake:
    try:
        text = path.read_text(encoding="utf-8")
        loader = _PlainLoader(text)
        root = loader.get_single_node()
        data = loader.construct_document(root) if root else None
    except UnicodeDecodeError as error:
        return Mistake(file=name, line=1, message=f"not UTF-8 at byte {error.start}")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "not YAML"
        return Mistake(file=name, line=mark.line + 1 if mark else 1, message=f"not YAML: {problem}")
    return ContentFile(kind=kind, name=name, data=data, root=root)


def _schema_mistakes(file: ContentFile, schemas: Path) -> Iterator[Mistake]:
    for error in _validator(schemas / f"{file.kind}.json").iter_errors(file.data):
        where = ".".join(str(step) for step in error.absolute_path)
        message = error.message if len(error.message) < 200 else f"{error.message[:200]}…"  # noqa: PLR2004
        yield file.mistake(list(error.absolute_path), f"{where}: {message}" if where else message)


@cache
def _validator(path: Path) -> Draft202012Validator:
    return Draft202012Validator(json.loads(path.read_text(encoding="utf-8")), format_checker=FormatChecker())
