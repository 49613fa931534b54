"""The body of every kind of message, as strict models, and their JSON Schema: the standard of the network."""

from opentrm.federation.bodies.registry import BODIES, content_fields, read_body, schemas

__all__ = ["BODIES", "content_fields", "read_body", "schemas"]
