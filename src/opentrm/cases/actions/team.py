"""Who works on the case: one named case manager, and those who help with it."""

from opentrm.accounts.models import User
from opentrm.cases.gate import OpenCase, join
from opentrm.cases.models import Clock, TeamMember
from opentrm.cases.step import step
from opentrm.kernel import clock
from opentrm.kernel.errors import NotFound, NotNow, NotValid

TEAM_ROLES = ("case_manager", "second_professional", "identification_authority", "supervisor", "shelter_worker",
              "health", "psychologist", "lawyer", "guardian", "contact_point")  # fmt: skip


@step("team.joined", stage="screen", section="status")
def add(opened: OpenCase, user: User, role: str, *, actor: User) -> TeamMember:
    """Put somebody on the team in one role that they hold. They see what that role needs, and no more."""
    if role not in TEAM_ROLES or not user.is_active or not user.holds(role):
        raise NotValid("This person does not hold that role.", {"role": "Choose a role that this person holds."})
    return join(opened.case, user, role, clock.now())


@step("team.left", stage="screen", section="status")
def remove(opened: OpenCase, user: User, *, actor: User) -> TeamMember:
    """Take somebody off the team. For them the case is no longer there."""
    if user.pk == opened.case.owner_id:
        raise NotNow("Name another case manager first: no case is without one.")
    member = TeamMember.objects.filter(case=opened.case, user=user, until=None).first()
    if member is None:
        raise NotFound()
    member.until = clock.now()
    member.save(update_fields=["until"])
    return member


@step("team.manager-named", stage="screen", section="status")
def name_manager(opened: OpenCase, user: User, *, actor: User) -> TeamMember:
    """Name another case manager; the running clocks go with the case."""
    if not user.is_active or not user.holds("case_manager"):
        raise NotValid("This person is not a case manager.", {"manager": "Choose a case manager."})
    opened.case.owner = user
    Clock.objects.filter(case=opened.case, stopped_at=None).update(owner=user)
    return join(opened.case, user, "case_manager", clock.now())


def members(opened: OpenCase) -> list[TeamMember]:
    """The team as it is now."""
    found = TeamMember.objects.filter(case=opened.case, until=None).select_related("user", "user__organisation")
    return list(found.order_by("since", "id"))
