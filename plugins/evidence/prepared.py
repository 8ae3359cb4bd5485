"""What takes long to work out of the package's own files and never changes with a site: kept beside Python's own byte code.

As with byte code, the first run that may write there does the work, and it is done again when any file it was made of differs.
What is kept is JSON with a checksum: what does not fit exactly is not there.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "__pycache__"
_SIZE = hashlib.sha256().digest_size


def prepared(name: str, made_of: Sequence[Path], make: Callable[[], Any], folder: Path = FOLDER) -> Any:
    """What `make` makes, as JSON gives it back; `made_of` are all files it hangs on, its own code among them."""
    key = hashlib.sha256()
    for path in made_of:
        key.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    path = folder / f"{name}.prepared"  # of no kind that the memory takes for code
    with suppress(OSError, ValueError, RecursionError):
        data = path.read_bytes()
        body = data[2 * _SIZE :]
        if data[: 2 * _SIZE] == key.digest() + hashlib.sha256(body).digest():
            return json.loads(body)
    body = json.dumps(make(), ensure_ascii=False).encode("utf-8", "surrogatepass")
    if not sys.dont_write_bytecode and sys.pycache_prefix is None:
        _keep(path, key.digest() + hashlib.sha256(body).digest() + body)
    return json.loads(body)


def _keep(path: Path, data: bytes) -> None:
    """In one step. Where nothing may be written, the next run does the work again."""
    beside = path.with_suffix(f".{os.getpid()}.part")
    try:
        path.parent.mkdir(exist_ok=True)
        beside.write_bytes(data)
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
