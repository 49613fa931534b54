"""SOPs, forms and country profiles as data: what is open, due, allowed, and why (design decision 22)."""

from opentrm.protocol.answers import Answer, Answers
from opentrm.protocol.form import Form, Group, Option, Question
from opentrm.protocol.load import load_profile
from opentrm.protocol.profile import ClockRule, Profile, Step

__all__ = ["Answer", "Answers", "ClockRule", "Form", "Group", "Option", "Profile", "Question", "Step", "load_profile"]
