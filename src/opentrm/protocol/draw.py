"""``draw-profile``: a procedure as a mermaid diagram and a table, drawn from the data."""

from opentrm.protocol.profile import Profile, Step


def draw(profile: Profile) -> str:
    """The steps of a profile in markdown: a diagram of needs and gives, then one line a step."""
    lines = [f"# {profile.name}", "", "```mermaid", "flowchart LR"]
    for step in profile.steps.values():
        lines.append(f'    {step.id}["{step.title}"]')
        lines += [f"    {giver.id} --> {step.id}" for giver in _givers(profile, step.needs)]
    lines += ["```", "", "| Step | Stage | Needs | Gives | SOP |", "|---|---|---|---|---|"]
    for step in profile.steps.values():
        row = (step.title, step.stage, ", ".join(step.needs), ", ".join(step.gives), step.sop)
        lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines)


def _givers(profile: Profile, needs: tuple[str, ...]) -> list[Step]:
    return [step for step in profile.steps.values() if set(step.gives) & set(needs)]
