"""Who may do what to which section of a case: one table, one answer, one sentence why."""

from opentrm.policy.decide import NEVER_TOGETHER, SECTIONS, Decision, Policy, load_policy

__all__ = ["NEVER_TOGETHER", "SECTIONS", "Decision", "Policy", "load_policy"]
