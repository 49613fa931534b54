"""Names as people of the region write them: one form for many spellings, and how near two names are."""

from opentrm.names.fold import fold, tokens
from opentrm.names.likeness import Likeness, same_birth, similarity

__all__ = ["Likeness", "fold", "same_birth", "similarity", "tokens"]
