"""What the controls of a form's page know: the view, the form, and the panel they are laid on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.application.document import Origin
from kiosk.forms.model import FieldKind
from kiosk.forms.rows import answer_of
from kiosk.forms.rules import answered
from kiosk.forms.show import help_text, label, problem_text, short_label, shown
from kiosk.screens.texts import Said

if TYPE_CHECKING:
    from kiosk.forms.model import Field, Form, JsonValue
    from kiosk.journey.view import View
    from kiosk.screens.area import Area
    from kiosk.screens.texts import Texts
    from kiosk.screens.theme import Theme

LEAST, LEAST_SMALL = 88, 78  # panel px of the least target: on 10.1 inches, on 7 inches


@dataclass(frozen=True, slots=True)
class Asking:
    """One page of the form on one panel."""

    view: View
    area: Area
    theme: Theme
    texts: Texts

    @property
    def form(self) -> Form:
        """The form that is filled in."""
        if self.view.form is None:
            raise ValueError("no form is chosen")
        return self.view.form

    @property
    def fields(self) -> tuple[Field, ...]:
        """What is asked on this page."""
        return tuple(self.form.field(name) for name in self.view.fields)

    @property
    def least(self) -> int:
        """How high the least target is, in panel pixels."""
        return LEAST_SMALL if self.area.small else self.area.px(LEAST)

    @property
    def gap(self) -> int:
        """How far targets must be from each other, in panel pixels."""
        return max(8, self.area.px(8))

    def answer(self, field: Field) -> JsonValue:
        """Return the answer so far, None for none."""
        return answer_of(self.view.answers, field.id)

    def shown(self, field: Field) -> str:
        """Return the answer as it is read."""
        return shown(self.form, field.id, self.answer(field), self.view.language)

    def label(self, field: Field) -> str:
        """Return what stands above a field."""
        said = label(self.form, field.id, self.view.language)
        if field.required or field.kind in (FieldKind.INFO, FieldKind.HEADING):
            return said
        return self.texts("form-page.label_optional", label=Said(said))

    def short_label(self, field: Field) -> str:
        """Return the label where there is little room."""
        return short_label(self.form, field.id, self.view.language)

    def remark(self, field: Field) -> str:
        """Return what helps to answer: how to, or where the answer comes from."""
        if field.id in self.view.locked:
            return ""
        if self.view.origins.get(field.id) is Origin.CORRECTED:
            return self.texts("form-page.corrected")
        if field.kind is FieldKind.NUMBER:  # said beside the number itself
            return ""
        return help_text(self.form, field.id, self.view.language) or ""

    def problem(self, field: Field) -> str:
        """Return what is wrong with the answer, nothing while nothing is."""
        problem = self.view.problems.get(field.id)
        return problem_text(self.form, field.id, problem, self.view.language) if problem else ""

    def missing(self) -> int:
        """Return how many questions of the page still need an answer."""
        return sum(
            field.required and field.id not in self.view.disabled and not answered(self.answer(field))
            for field in self.fields
        )
