"""Which stretches of prose need a source, and whether they have one; which sentences claim something about health."""

from evidence.claims.paragraphs import claim_id, claims, plain

__all__ = ["claim_id", "claims", "plain"]
