"""The code lists are real enumerations of their codes."""

import json
import pickle
from enum import StrEnum

from mi_core import TreatmentStep, codes


def test_codes_are_texts_of_json() -> None:
    assert json.dumps(TreatmentStep.LATE_PERSUASION) == '"late_persuasion"'
    assert f"{TreatmentStep.LATE_PERSUASION}" == "late_persuasion"
    assert TreatmentStep("late_persuasion") is TreatmentStep.LATE_PERSUASION
    step = pickle.loads(pickle.dumps(TreatmentStep.ENGAGEMENT))  # noqa: S301 - made here
    assert step is TreatmentStep.ENGAGEMENT


def test_every_list_says_what_it_is() -> None:
    lists = [one for one in vars(codes).values() if isinstance(one, type) and one is not StrEnum]
    assert len(lists) > 60
    for one in lists:
        assert issubclass(one, StrEnum)
        assert one.__doc__
        assert [member.name.lower() for member in one if member.value == member.name.lower()]
