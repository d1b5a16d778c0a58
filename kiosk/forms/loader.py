"""Loading the forms of `config/forms/`; one that breaks a rule stops the program, none is ever shown half-right.

A form is `<id>/schema.json`, `<id>/ui.json` and `<id>/texts.<language>.toml`; the sentences about problems that all
forms share are in `problems.<language>.toml`.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from kiosk.forms.errors import FormError
from kiosk.forms.files import digest, read_json, read_toml
from kiosk.forms.layout import read_layout
from kiosk.forms.model import FieldKind, Form
from kiosk.forms.node import Node
from kiosk.forms.schema import read_schema
from kiosk.forms.wording import read_problems, read_texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kiosk.forms.model import Field, JsonValue

SCHEMA = "schema.json"
LAYOUT = "ui.json"
_TEXTS = re.compile(r"texts\.([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\.toml")


def load_forms(directory: Path, languages: Sequence[str]) -> tuple[Form, ...]:
    """Load every form of the folder, as they are offered; each must speak all `languages` (BCP 47).

    Raises FormError.
    """
    problems = {language: _problems(directory, language) for language in languages}
    folders = sorted(path for path in directory.iterdir() if path.is_dir()) if directory.is_dir() else []
    if not folders:
        raise FormError(str(directory), "(folder)", "at least one form, in a folder of its name")
    return tuple(sorted((_load(folder, problems) for folder in folders), key=lambda form: (form.order, form.id)))


def load_form(folder: Path, wording: Path, languages: Sequence[str]) -> Form:
    """Load the form of one folder; the sentences about problems are those of `wording`. Raises FormError."""
    return _load(folder, {language: _problems(wording, language) for language in languages})


def _problems(directory: Path, language: str) -> dict[str, str]:
    path = directory / f"problems.{language}.toml"
    return read_problems(Node(str(path), "#", read_toml(path)))


def _load(folder: Path, problems: Mapping[str, Mapping[str, str]]) -> Form:
    files = _files(folder, problems)
    nodes = {name: Node(str(folder / name), "#", value) for name, value in files.items()}
    schema = read_schema(nodes[SCHEMA])
    if schema.id != folder.name:
        raise nodes[SCHEMA].at("$id", None).error(f"the folder's name, {folder.name}, as the form's id")
    layout = read_layout(nodes[LAYOUT], schema.fields)
    _refuse_impossible(nodes[SCHEMA], layout.fields)
    spoken = {_TEXTS.sub(r"\1", name): node for name, node in nodes.items() if _TEXTS.fullmatch(name)}
    texts = read_texts(spoken, layout.pages, layout.fields)
    return Form(
        id=schema.id,
        version=schema.version,
        sha256=digest(files),
        prefill=layout.prefill,
        fee=schema.fee,
        pages=layout.pages,
        order=layout.order,
        fields=MappingProxyType(dict(layout.fields)),
        schema=files[SCHEMA],
        ui=files[LAYOUT],
        texts=MappingProxyType({language: {**problems[language], **texts[language]} for language in problems}),
    )


def _files(folder: Path, languages: Mapping[str, object]) -> dict[str, Mapping[str, JsonValue]]:
    """Read all files of the folder, also languages that this kiosk does not offer: the digest covers them."""
    expected = [SCHEMA, LAYOUT, *(f"texts.{language}.toml" for language in languages)]
    present = sorted(path.name for path in folder.iterdir())
    for name in present:
        if name not in expected and not _TEXTS.fullmatch(name):
            raise FormError(str(folder / name), "(file)", f"no such file; known here: {SCHEMA}, {LAYOUT}, texts.*.toml")
    names = dict.fromkeys([*expected, *present])
    return {name: (read_toml if name.endswith(".toml") else read_json)(folder / name) for name in names}


def _refuse_impossible(schema: Node, fields: Mapping[str, Field]) -> None:
    """A field that a rule may hide must not be required always: nobody could finish the form.

    Nor one that is photographed: where the camera fails, an earlier answer must lead another way.
    """
    for node in schema.members()["required"].elements():
        if fields[node.text()].kind is FieldKind.CAMERA:
            raise node.error(
                "a field that is not photographed; require this one by if/then in allOf, so that there "
                "is another way where the camera fails"
            )
        if fields[node.text()].rule is not None:
            raise node.error("a field without a rule; require this one by if/then in allOf")
