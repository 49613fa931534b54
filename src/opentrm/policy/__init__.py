"""Who may do what to which section of a case: one table, one answer, one sentence why."""

from opentrm.kernel.words import SECTIONS
from opentrm.policy.decide import NEVER_TOGETHER, Decision, Policy, load_policy

__all__ = ["NEVER_TOGETHER", "SECTIONS", "Decision", "Policy", "load_policy"]
