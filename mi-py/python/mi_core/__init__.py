"""Motivational interviewing and the staged, integrated treatment of co-occurring disorders.

A client's dated history goes in; an explained review comes out:

>>> import mi_core as mi
>>> record = mi.ClientRecord("client-7")
>>> by = {"role": "nurse", "id": "n1"}
>>> alcohol = {"kind": "substance", "code": "alcohol"}
>>> record.extend([
...     {"id": "e1", "on": "2026-08-03", "recorded": "2026-08-03T09:10:00Z", "by": by,
...      "body": {"kind": "episode_opened", "contact_log": "complete"}},
...     {"id": "e2", "on": "2026-08-03", "recorded": "2026-08-03T09:13:00Z", "by": by,
...      "body": {"kind": "target", "target": alcohol, "treated": True}},
... ])
>>> protocol = mi.Protocol.dual_diagnosis()
>>> review = protocol.review(record, as_of="2026-08-20")
>>> review.treatment_stage.targets[0].floor
<TreatmentStep.PRE_ENGAGEMENT: 'pre_engagement'>
>>> print(protocol.render(review).splitlines()[0])
# Review of client-7, 20 August 2026

Codes are in `mi_core.codes`, errors in `mi_core.errors`, the types of events, for type checkers, in
`mi_core.types`, and the documents' JSON Schemas in `mi_core.schemas`.
"""

from . import _mi_core
from ._mi_core import (
    AboutEvent,
    AboutPlan,
    AnsweredStage,
    Assessment,
    Author,
    ChangePosition,
    ClientRecord,
    CurrentStep,
    DatedEvent,
    DefinitionTrace,
    EventWords,
    Explanation,
    Extended,
    Finding,
    FindingWords,
    Flag,
    FlagWords,
    GapWords,
    LevelPosition,
    LevelTrace,
    Missing,
    Move,
    MoveWords,
    OverlayUsed,
    Override,
    PartialDate,
    PersonPosition,
    PlanGap,
    Positions,
    PositionWords,
    Protocol,
    ProtocolUsed,
    Question,
    QuestionWords,
    RecordedDecision,
    RecordedDriver,
    RecordedRating,
    ReturnFound,
    Review,
    RuleBasis,
    RuleOff,
    SectionWords,
    Span,
    Target,
    TargetPosition,
    Texts,
    TreatmentPositions,
)

TYPE_CHECKING = False  # typing is not imported, because that takes as long as all of the above
if TYPE_CHECKING:
    from . import codes, errors, schemas, types
    from .codes import (
        ErrorKind,
        Label,
        LevelOfCare,
        Severity,
        StageOfChange,
        Standing,
        TreatmentStage,
        TreatmentStep,
        Truth,
        Verdict,
    )
    from .errors import MiError, Problem
else:
    _LATER = {
        "ErrorKind": "codes",
        "Label": "codes",
        "LevelOfCare": "codes",
        "MiError": "errors",
        "Problem": "errors",
        "Severity": "codes",
        "StageOfChange": "codes",
        "Standing": "codes",
        "TreatmentStage": "codes",
        "TreatmentStep": "codes",
        "Truth": "codes",
        "Verdict": "codes",
    }

    def __getattr__(name: str) -> object:
        """Import what only some programs need when it is first asked for."""
        from importlib import import_module  # noqa: PLC0415

        if name in {"codes", "errors", "schemas", "types"}:
            return import_module(f"mi_core.{name}")
        if name in _LATER:
            found = getattr(import_module(f"mi_core.{_LATER[name]}"), name)
            return globals().setdefault(name, found)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        return __all__


__all__ = [
    "AboutEvent",
    "AboutPlan",
    "AnsweredStage",
    "Assessment",
    "Author",
    "ChangePosition",
    "ClientRecord",
    "CurrentStep",
    "DatedEvent",
    "DefinitionTrace",
    "ErrorKind",
    "EventWords",
    "Explanation",
    "Extended",
    "Finding",
    "FindingWords",
    "Flag",
    "FlagWords",
    "GapWords",
    "Label",
    "LevelOfCare",
    "LevelPosition",
    "LevelTrace",
    "MiError",
    "Missing",
    "Move",
    "MoveWords",
    "OverlayUsed",
    "Override",
    "PartialDate",
    "PersonPosition",
    "PlanGap",
    "PositionWords",
    "Positions",
    "Problem",
    "Protocol",
    "ProtocolUsed",
    "Question",
    "QuestionWords",
    "RecordedDecision",
    "RecordedDriver",
    "RecordedRating",
    "ReturnFound",
    "Review",
    "RuleBasis",
    "RuleOff",
    "SectionWords",
    "Severity",
    "Span",
    "StageOfChange",
    "Standing",
    "Target",
    "TargetPosition",
    "Texts",
    "TreatmentPositions",
    "TreatmentStage",
    "TreatmentStep",
    "Truth",
    "Verdict",
    "__version__",
    "codes",
    "errors",
    "schemas",
    "types",
]

__version__ = _mi_core.VERSION
