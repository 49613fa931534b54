"""Kind and side -> the model of the body. Kinds without a row here are not in use yet and are refused."""

from collections.abc import Mapping

from opentrm.federation import canon
from opentrm.federation.bodies import asking, journey, nodes, offering, rights
from opentrm.federation.codes import Section
from opentrm.federation.fields import Wire
from opentrm.federation.kinds import Kind
from opentrm.federation.refusal import BadBody, UnknownKind

BODIES: Mapping[Kind, tuple[type[Wire], ...]] = {
    Kind.REQUEST: (asking.Request,),
    Kind.CLARIFY_ASK: (asking.ClarifyAsk,),
    Kind.CLARIFY_ANSWER: (asking.ClarifyAnswer,),
    Kind.OFFER: (offering.Offer,),
    Kind.COUNTER: (offering.Offer, offering.CounterAsk),
    Kind.DECLINE: (offering.Decline,),
    Kind.TERMS: (offering.Terms,),
    Kind.LOCK: (offering.Lock,),
    Kind.JOINT_RISK: (offering.JointRisk,),
    Kind.DISCLOSE: (journey.Crossed,),
    Kind.TRAVEL_PLAN: (journey.Crossed,),
    Kind.UPDATE: (journey.Update,),
    Kind.ARRIVED: (journey.Arrived,),
    Kind.NOT_ARRIVED: (journey.NotArrived,),
    Kind.HANDOVER_CONFIRMED: (journey.HandoverConfirmed,),
    Kind.PROGRESS: (journey.Crossed,),
    Kind.FEEDBACK_SUMMARY: (journey.Crossed,),
    Kind.CLOSE: (journey.Close,),
    Kind.CANCEL: (offering.Cancel,),
    Kind.WITHDRAW: (rights.Withdraw,),
    Kind.RECALL: (rights.Erase,),
    Kind.ERASE: (rights.Erase,),
    Kind.ERASED: (rights.Erased,),
    Kind.ERASE_REFUSED: (rights.EraseRefused,),
    Kind.RECTIFY: (rights.Rectify,),
    Kind.RESTRICT: (rights.Rectify,),
    Kind.RECEIPT: (nodes.Receipt,),
    Kind.KEY_STATEMENT: (nodes.KeyStatement,),
    Kind.KEY_REVOKE: (nodes.KeyRevoke,),
    Kind.SUSPEND: (nodes.Suspend,),
    Kind.PING: (nodes.Ping,),
}

# Sections whose fields are fixed when they travel in that kind of message.
FIELDS: Mapping[tuple[Kind, Section], type[Wire]] = {
    (Kind.TRAVEL_PLAN, Section.TRAVEL): journey.TravelFields,
    (Kind.PROGRESS, Section.PLAN): journey.ProgressFields,
}


def read_body(kind: Kind, body: canon.Json) -> Wire:
    """Check a body against the standard; UnknownKind or BadBody when it does not fit."""
    models = BODIES.get(kind, ())
    if not models:
        raise UnknownKind
    for model in models[:-1]:
        try:
            return model.read(body)
        except BadBody:
            continue
    return models[-1].read(body)


def content_fields(kind: Kind, section: Section, fields: canon.Json) -> None:
    """Check the fields of one section where the standard fixes them; BadBody names the first wrong one."""
    model = FIELDS.get((kind, section))
    if model is not None:
        model.read(fields)


def schemas() -> dict[str, canon.Json]:
    """The JSON Schema of every body, by kind; COUNTER has one for each side."""
    return {
        kind.value: (
            models[0].model_json_schema(mode="serialization")
            if len(models) == 1
            else {"anyOf": [model.model_json_schema(mode="serialization") for model in models]}
        )
        for kind, models in BODIES.items()
    }
