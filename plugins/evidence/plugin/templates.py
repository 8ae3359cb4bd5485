"""Templates are translated into Python once, and again only when they, the way of translating or this program change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from evidence.memory import Memory, code_key, key_of

_KIND = "templates"


class RememberedTemplates(BytecodeCache):
    """Keeps translated templates in a memory, which hands out nothing that is not whole."""

    def __init__(self, memory: Memory, options: bytes) -> None:
        self._memory = memory
        self._options = options

    def load_bytecode(self, bucket: Bucket) -> None:
        known = self._memory.recall(_KIND, bucket.key, self._key(bucket))
        if isinstance(known, bytes):
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._memory.keep(_KIND, bucket.key, self._key(bucket), bucket.bytecode_to_string())

    def _key(self, bucket: Bucket) -> bytes:
        return key_of(code_key(), self._options, bucket.checksum)


def remembered_templates(memory: Memory, settings: Mapping[str, Any]) -> RememberedTemplates | None:
    """None where nothing is remembered, or where the settings bring code of their own into the translation."""
    options = dict(settings.get("JINJA_ENVIRONMENT") or {})
    simple = all(isinstance(value, bool | str | int) for name, value in options.items() if name != "extensions")
    if not memory or not simple or options.get("extensions"):
        return None
    return RememberedTemplates(memory, key_of(sorted((name, repr(value)) for name, value in options.items())))
