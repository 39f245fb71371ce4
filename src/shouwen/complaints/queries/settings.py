"""What was set up: the path, the policy library, the templates of explanations."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.complaints.models import Basis, ExplanationTemplate, Stage, StageSetting
from shouwen.kernel.errors import NotFound


def stage_settings() -> list[StageSetting]:
    """In the order of the path."""
    known = {one.stage: one for one in StageSetting.objects.all()}
    return [known[stage] for stage in Stage.values if stage in known]


def stage_setting(stage: str) -> StageSetting:
    found = StageSetting.objects.filter(stage=stage).first()
    if found is None:
        raise NotFound(_("There is no such stage."))
    return found


def bases(*, on: date | None = None, sort: str = "") -> QuerySet[Basis]:
    """The policy library; with `on` only what is in use and held that day."""
    rows = Basis.objects.all()
    if sort:
        rows = rows.filter(sort=sort)
    if on is None:
        return rows
    return rows.filter(active=True, valid_from__lte=on).filter(Q(valid_to=None) | Q(valid_to__gte=on))


def basis(basis_id: int) -> Basis:
    found = Basis.objects.filter(pk=basis_id).first()
    if found is None:
        raise NotFound(_("There is no such entry in the policy library."))
    return found


def explanation_templates() -> QuerySet[ExplanationTemplate]:
    return ExplanationTemplate.objects.all()


def explanation_template(template_id: int) -> ExplanationTemplate:
    found = ExplanationTemplate.objects.filter(pk=template_id).first()
    if found is None:
        raise NotFound(_("There is no such template."))
    return found


def explanation_for(sort: str, language: str) -> ExplanationTemplate | None:
    """The template in the wanted language, else in the other one."""
    rows = list(ExplanationTemplate.objects.filter(sort=sort))
    return next((one for one in rows if one.language == language), rows[0] if rows else None)
