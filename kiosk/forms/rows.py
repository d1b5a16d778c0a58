"""Questions that are asked once for each of several persons or things: the rows of a repeated group.

A question of a row is named by field, row and column, such as `members.0.name`; the row itself is `members.0`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.forms.model import FieldKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.forms.model import Answers, Field, JsonValue

Row = dict[str, "JsonValue"]


def row_id(field: str, row: int, column: str = "") -> str:
    """Return the name of a row, or of one of its questions."""
    return f"{field}.{row}.{column}" if column else f"{field}.{row}"


def split(name: str) -> tuple[str, int | None, str]:
    """Return field, row and column of a name; a field that is no row has None and nothing."""
    field, _, rest = name.partition(".")
    row, _, column = rest.partition(".")
    return field, int(row) if row else None, column


def rows_of(field: Field, answers: Answers) -> list[Row]:
    """Return the rows so far, copied; at least as many as there must be, and one to begin with."""
    given = answers.get(field.id)
    rows = [dict(row) for row in given if isinstance(row, dict)] if isinstance(given, list | tuple) else []
    return rows + [{} for _ in range(max(1, field.minimum or 0) - len(rows))]


def answer_of(answers: Answers, name: str) -> JsonValue:
    """Return the answer to a field, a row or a question of a row; None for none."""
    field, row, column = split(name)
    value = answers.get(field)
    if row is None:
        return value
    if not isinstance(value, list | tuple) or row >= len(value):
        return None
    found = value[row]
    return found.get(column) if column and isinstance(found, dict) else found


def with_answer(field: Field, answers: Answers, name: str, value: JsonValue) -> list[Row]:
    """Return the rows with one question answered, or its answer taken back by None."""
    _, row, column = split(name)
    rows = rows_of(field, answers)
    if row is None or not 0 <= row < len(rows):
        raise KeyError(name)
    rows[row].pop(column, None)
    if value is not None:
        rows[row][column] = value
    return rows


def question_ids(field: Field, row: int) -> tuple[str, ...]:
    """Return the names of a row's questions, in order."""
    return tuple(row_id(field.id, row, column.id) for column in field.columns)


def expanded(fields: Mapping[str, Field], names: tuple[str, ...], answers: Answers) -> tuple[str, ...]:
    """Return the names with every repeated group replaced by its rows."""
    found: list[str] = []
    for name in names:
        if fields[name].kind is FieldKind.ROWS:
            found += [row_id(name, row) for row in range(len(rows_of(fields[name], answers)))]
        else:
            found.append(name)
    return tuple(found)
