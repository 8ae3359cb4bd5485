"""Pandoc's inline Markdown, as far as it decides where citations are: every construct that hides or bounds them.

A port of the reader's recursive descent (`Text.Pandoc.Readers.Markdown`: `inline`, `cite`, `link`, …) that stays
linear where the original backtracks: what a construct is at a position depends only on the position, on the region
it is read in and on three facts of context, so each answer is found once and remembered; a chain of constructs up
to some stop is remembered at every link of it. Rules are generators run on a stack of our own, since an author may
nest deeper than Python recurses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Generator, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from evidence.citations import lexis

DEPTH = 12
"""Brackets that hold more levels of brackets than this are plain characters. Pandoc itself would not come back."""

_SPACES = " \t\n\r"
_INTERESTING = re.compile(r"[\[\]\\`$<]")
_SPAN_END = re.compile(r"</span\s*>", re.IGNORECASE)


class Context(NamedTuple):
    """Where the region ends, which quotes it stands in (0 none, 1 single, 2 double), and whether links may start."""

    end: int
    quote: int = 0
    links: bool = True


class Run(NamedTuple):
    """A stretch of constructs: read from `start` to `stop` by the rule of this kind."""

    kind: str
    start: int
    stop: int
    context: Context
    word: bool = False


class Cited(NamedTuple):
    """One citation of a cluster, with its words still as constructs. `position` is where `@key` or `-@key` stands."""

    key: str
    mode: str
    position: int
    key_end: int
    prefix: Run | None
    suffix: Run | None
    spaced: bool


class Node(NamedTuple):
    """A construct. `word` says that a word ends where it ends, so that no key may follow. `parts` are shown text."""

    kind: str
    start: int
    end: int
    word: bool = False
    parts: tuple[str | Run, ...] = ()
    cited: tuple[Cited, ...] = ()


class Chained(NamedTuple):
    """A citation, those that follow it behind semicolons, and where the last of them ends."""

    first: Cited
    rest: Chained | None
    end: int

    def all(self) -> Iterator[Cited]:
        link: Chained | None = self
        while link:
            yield link.first
            link = link.rest


class Ending(NamedTuple):
    """How far a chain came, whether a word ends there, and whether it met its stop."""

    end: int
    word: bool
    met: bool


Rule = Generator[Any, Any, Any]
"""Yields requests, gets their answers sent back, returns its own answer: what stands at a position, or None."""


class Inlines:
    """The constructs of one text. Made, used for one scan, and dropped; it holds what has been found so far."""

    def __init__(self, text: str, link_labels: Collection[str] = (), examples: Collection[str] = ()) -> None:
        self.text = text
        self._examples = frozenset(examples)
        self._labels = _normal_labels(frozenset(link_labels))
        self._memo: dict[tuple[Any, ...], Any] = {}
        self._targets = lexis.Targets(text)
        self._backticks = lexis.Backticks(text)
        self._closers = lexis.Closers(text)
        self._pairs: dict[tuple[int, int], int] = {}
        self._heights: dict[tuple[int, int], int] = {}
        self._last: dict[tuple[str, int], int] = {}
        self._rules: dict[str, Callable[..., Rule]] = {
            "inline": self._inline,
            "chain": self._chain,
            "normal": self._normal_cite,
            "citations": self._citations,
            "strong in emphasis": self._strong_in_emphasis,
        }
        self._starts: dict[str, Callable[[int, Context, bool], Rule]] = {
            "^": self._caret,
            "[": self._bracket,
            "!": self._image,
            "~": self._tilde,
            "<": self._less_than,
            "*": self._emphasis,
            "_": self._emphasis,
            "@": self._at,
            "-": self._hyphen,
            "'": self._quote,
            '"': self._quote,
        }

    # -------------------------------------------------------------------------------------------- asking

    def read(self, start: int, end: int) -> list[Run]:
        """All constructs of a region. Where pandoc would end the paragraph (a block's tag), another run begins."""
        runs, context = [], Context(end)
        while start < end:
            ending = self._ask(("chain", "all", start, context, False))
            if ending.end > start:
                runs.append(Run("all", start, ending.end, context))
            found = lexis.tag(self.text, ending.end, end) if ending.end < end else None
            start = found.end if found else ending.end + 1
        return runs

    def nodes(self, run: Run) -> Iterator[Node]:
        """The constructs of a run, in order."""
        at, word = run.start, run.word
        while at < run.stop:
            node = self._step(run.kind, at, run.context, word)
            yield node
            at, word = node.end, node.word

    def is_closed(self, at: int, end: int) -> bool:
        """True if the bracket at this position has a partner in the region."""
        return self._partner(at, end) >= 0

    def _step(self, kind: str, at: int, context: Context, word: bool) -> Node:
        plain = lexis.PLAIN.match(self.text, at, context.end)
        if plain:
            return self._plain(at, plain.end())
        if kind[0] == "1" and _ends_emphasis(self.text, kind[1], 1, at, context.end):
            node: Node = self._ask(("strong in emphasis", kind[1], at, context))
        else:
            node = self._ask(("inline", at, context, word))
        return node

    def _ask(self, request: tuple[Any, ...]) -> Any:
        memo = self._memo
        if request in memo:
            return memo[request]
        asked, stack = [request], [self._rules[request[0]](*request[1:])]
        answer = None
        while stack:
            try:
                wanted = stack[-1].send(answer)
            except StopIteration as done:
                stack.pop()
                answer = memo[asked.pop()] = done.value
                continue
            answer = memo.get(wanted, memo)
            if answer is memo:
                asked.append(wanted)
                stack.append(self._rules[wanted[0]](*wanted[1:]))
                answer = None
        return answer

    # -------------------------------------------------------------------------------------------- chains

    def _chain(self, kind: str, at: int, context: Context, word: bool) -> Rule:
        """Constructs one after the other, up to the stop of this kind or to where nothing more can be read."""
        memo, text = self._memo, self.text
        path: list[tuple[Any, ...]] = []
        ending: Ending | None = None
        while ending is None:
            key = ("chain", kind, at, context, word)
            if path and key in memo:
                ending = memo[key]
                break
            path.append(key)
            met = at < context.end and self._stops(kind, at, context, word)
            if met or at >= context.end or (kind == "prefix" and text[at] == ";"):
                ending = Ending(at, word, met)
                break
            plain = lexis.PLAIN.match(text, at, context.end)
            if plain:
                at = plain.end()
                word = text[at - 1] == "." or text[at - 1].isalnum()
                if kind == "strike" and text[at - 1] in " \t" and text.startswith("~~", at):
                    ending = Ending(at, word, False)
                continue
            if kind[0] == "1" and _ends_emphasis(text, kind[1], 1, at, context.end):
                node = yield ("strong in emphasis", kind[1], at, context)
            else:
                node = yield ("inline", at, context, word)
            if node is None:
                ending = Ending(at, word, False)
            else:
                at, word = node.end, node.word
        if kind != "all":
            for passed in path:
                memo[passed] = ending
        return ending

    def _stops(self, kind: str, at: int, context: Context, word: bool) -> bool:
        text, char = self.text, self.text[at]
        if kind == "all":
            return False
        if kind == "suffix":
            return char in ";]"
        if kind == "prefix":
            return char == "]" or (char in "@-" and not word and lexis.key_at(text, at, context.end) is not None)
        if kind == "strike":
            return text.startswith("~~", at, context.end)
        if kind == "span":
            return char == "<" and _SPAN_END.match(text, at, context.end) is not None
        if kind in ("single", "double"):
            return self._quote_end(1 if kind == "single" else 2, at, context.end) > 0
        length, mark = int(kind[0]), kind[1]
        ends = _ends_emphasis(text, mark, 1 if length == 3 else length, at, context.end)
        return ends and not (length == 1 and self._opens_strong(mark, at, context.end))

    def _opens_strong(self, mark: str, at: int, end: int) -> bool:
        return self.text.startswith(mark * 2, at, end) and not _ends_emphasis(self.text, mark, 1, at + 2, end)

    def _quote_end(self, quote: int, at: int, end: int) -> int:
        """Where the closing quotation mark here ends; typographic ones are characters like any other."""
        char, after = self.text[at], at + 1
        if char == "&" and (meant := lexis.entity(self.text, at, end)):
            char, after = meant
        if char != " '\""[quote]:
            return -1
        return -1 if quote == 1 and after < end and self.text[after].isalnum() else after

    # ----------------------------------------------------------------------------------- single constructs

    def _plain(self, start: int, end: int) -> Node:
        last = self.text[end - 1]
        return Node("text", start, end, last == "." or last.isalnum())

    def _symbol(self, at: int) -> Node:
        return Node("symbol", at, at + 1)

    def _inline(self, at: int, context: Context, word: bool) -> Rule:
        text, end = self.text, context.end
        plain = lexis.PLAIN.match(text, at, end)
        if plain:
            return self._plain(at, plain.end())
        char = text[at]
        start = self._starts.get(char)
        if start:
            node = yield from start(at, context, word)
            return node
        return self._leaf(char, at, end)

    def _leaf(self, char: str, at: int, end: int) -> Node:
        text = self.text
        if char == "`" and (code := self._backticks.code(at, end)):
            return Node("code", at, code[2], parts=(text[code[0] : code[1]].strip(),))
        if char == "$" and (close := self._math(at, end)) > 0:
            return Node("math", at, close, parts=(_formula(text[at:close]),))
        if char == "\\":
            return self._backslash(at, end)
        if char == "&" and (meant := lexis.entity(text, at, end)):
            return Node("shown", at, meant[1], parts=(meant[0],))
        if text.startswith("...", at, end):
            return Node("shown", at, at + 3, parts=("…",))
        return self._symbol(at)

    def _math(self, at: int, end: int) -> int:
        return lexis.math(self.text, at, end, self._last_place("$$", end))

    def _last_place(self, mark: str, end: int) -> int:
        """Where the region's last such mark stands, so that nobody looks for one that is not there."""
        if (mark, end) not in self._last:
            self._last[mark, end] = self.text.rfind(mark, 0, end)
        return self._last[mark, end]

    def _backslash(self, at: int, end: int) -> Node:
        following = self.text[at + 1 : min(at + 2, end)]
        if following and following not in "\n\r" and not following.isalnum():
            return Node("shown", at, at + 2, parts=(following,))
        if following == "\n":
            return Node("shown", at, at + 1, parts=(" ",))
        command = max(self._closers.environment(at, end), lexis.tex_command(self.text, at, end))
        return Node("hidden", at, command) if command > 0 else self._symbol(at)

    def _caret(self, at: int, context: Context, word: bool) -> Rule:
        close = self._partner(at + 1, context.end)
        if close > 0 and not self._links_on(close + 1, context.end):
            inner = Context(close, 0, context.links)
            yield ("chain", "all", at + 2, inner, False)
            return Node("note", at, close + 1, parts=(Run("all", at + 2, close, inner),))
        return (yield from self._script(at, context))

    def _links_on(self, at: int, end: int) -> bool:
        return at < end and (self.text[at] in "([" or lexis.attributes(self.text, at, end) > 0)

    def _script(self, at: int, context: Context) -> Rule:
        """Superscript or subscript: no blanks inside, read as a text of its own."""
        close = self._script_end(at, context.end)
        if close < 0:
            return self._symbol(at)
        inner = context._replace(end=close)
        yield ("chain", "all", at + 1, inner, False)
        return Node("script", at, close + 1, parts=(Run("all", at + 1, close, inner),))

    def _script_end(self, at: int, end: int) -> int:
        text, mark, here = self.text, self.text[at], at + 1
        while here < end and text[here] != mark:
            char = text[here]
            if char in _SPACES:
                return -1
            if char == "\\" and here + 1 < end and not text[here + 1].isalnum() and text[here + 1] not in "\n\r":
                here += 2
            else:
                here = max(here + 1, lexis.attributes(text, here, end)) if char == "{" else here + 1
        return here if here < end else -1

    def _tilde(self, at: int, context: Context, word: bool) -> Rule:
        text, end = self.text, context.end
        opens = text.startswith("~~", at, end) and text[at + 2 : min(at + 3, end)] not in ("~", "", *_SPACES)
        if opens:
            ending = yield ("chain", "strike", at + 2, context, False)
            if ending.met and ending.end > at + 2:
                return Node("strike", at, ending.end + 2, parts=(Run("strike", at + 2, ending.end, context),))
        return (yield from self._script(at, context))

    def _less_than(self, at: int, context: Context, word: bool) -> Rule:
        text, end = self.text, context.end
        if context.links and (close := lexis.autolink(text, at, end)) > 0:
            return Node("shown", at, close, parts=(text[at + 1 : close].split(">")[0],))
        found = lexis.tag(text, at, end)
        if found and found.name == "span" and found.opens:
            ending = yield ("chain", "span", found.end, context, False)
            closer = _SPAN_END.match(text, ending.end, end) if ending.met else None
            if closer:
                return Node("span", at, closer.end(), parts=(Run("span", found.end, ending.end, context),))
        hidden = self._html(at, end)
        if hidden > 0:
            return Node("hidden", at, hidden)
        return None if found else self._symbol(at)

    def _html(self, at: int, end: int) -> int:
        """The end of an inline tag or comment."""
        if self.text.startswith("<!--", at, end):
            closed = self._last_place("-->", end) >= at + 4
            return self.text.find("-->", at + 4, end) + 3 if closed else -1
        unshown = self._closers.unshown(at, end)
        if unshown > 0:
            return unshown
        found = lexis.tag(self.text, at, end)
        return found.end if found and found.name not in lexis.BLOCK_TAGS else -1

    def _quote(self, at: int, context: Context, word: bool) -> Rule:
        text, char = self.text, self.text[at]
        quote = 1 if char == "'" else 2
        opening, closing = ("‘", "’") if quote == 1 else ("“", "”")
        nonspace = at + 1 < context.end and text[at + 1] not in _SPACES
        if word or context.quote == quote or not nonspace:
            return Node("shown", at, at + 1, parts=(closing,))
        inner = context._replace(quote=quote)
        if self._quote_end(quote, at + 1, context.end) < 0:
            kind = "single" if quote == 1 else "double"
            ending = yield ("chain", kind, at + 1, inner, False)
            if ending.met:
                after = self._quote_end(quote, ending.end, context.end)
                return Node("quoted", at, after, parts=(opening, Run(kind, at + 1, ending.end, inner), closing))
        return Node("shown", at, at + 1, parts=("’" if quote == 1 else "“",))

    # ------------------------------------------------------------------------------------------ emphasis

    def _emphasis(self, at: int, context: Context, word: bool) -> Rule:
        text, end, mark = self.text, context.end, self.text[at]
        if mark == "_" and word:
            return self._symbol(at)
        after = at
        while after < end and text[after] == mark:
            after += 1
        length = after - at
        if length > 3 or (after < end and text[after] in " \t"):
            return Node("shown", at, after, parts=(mark * length,))
        if length == 3:
            return (yield from self._three(at, mark, context))
        return (yield from self._one_or_two(at, length, mark, after, context, ()))

    def _one_or_two(
        self, at: int, length: int, mark: str, inner: int, context: Context, before: tuple[str | Run, ...]
    ) -> Rule:
        kind = f"{length}{mark}"
        word = bool(before)
        ending = yield ("chain", kind, inner, context, word)
        run = Run(kind, inner, ending.end, context, word)
        if ending.met:
            return Node("emphasis", at, ending.end + length, True, (*before, run))
        return Node("sequence", at, ending.end, ending.word, (mark * length, *before, run))

    def _three(self, at: int, mark: str, context: Context) -> Rule:
        kind = f"3{mark}"
        ending = yield ("chain", kind, at + 3, context, False)
        run, here = Run(kind, at + 3, ending.end, context), ending.end
        if not ending.met:
            return Node("sequence", at, here, ending.word, (mark * 3, run))
        if _ends_emphasis(self.text, mark, 3, here, context.end):
            return Node("emphasis", at, here + 3, True, (run,))
        if _ends_emphasis(self.text, mark, 2, here, context.end):
            return (yield from self._one_or_two(at, 1, mark, here + 2, context, (run,)))
        return (yield from self._one_or_two(at, 2, mark, here + 1, context, (run,)))

    def _strong_in_emphasis(self, mark: str, at: int, context: Context) -> Rule:
        return (yield from self._one_or_two(at, 2, mark, at + 2, context, ()))

    # ------------------------------------------------------------------------------------------- brackets

    def _bracket(self, at: int, context: Context, word: bool) -> Rule:
        text, end = self.text, context.end
        marker = _note_marker(text, at, end)
        if marker > 0:
            return Node("marker", at, marker)
        node = yield ("normal", at, context)
        if node:
            return node
        close = self._partner(at, end)
        if close < 0:
            return self._symbol(at)
        span = lexis.attributes(text, close + 1, end) if close + 1 < end else -1
        if span > 0:
            inner = context._replace(end=close)
            yield ("chain", "all", at + 1, inner, False)
            return Node("span", at, span, parts=(Run("all", at + 1, close, inner),))
        if not context.links:
            return self._symbol(at)
        return (yield from self._link(at, close, context))

    def _link(self, at: int, close: int, context: Context) -> Rule:
        text, end = self.text, context.end
        inner = Context(close, context.quote, False)
        link = (Run("all", at + 1, close, inner),)
        after = self._targets.end(close + 1, end)
        if after > 0:
            yield ("chain", "all", at + 1, inner, False)
            return Node("link", at, lexis.after_attributes(text, after, end), parts=link)
        reference = yield from self._reference(close + 1, context)
        label = text[at + 1 : close] if reference <= close + 3 else text[close + 2 : reference - 1]
        after = lexis.after_attributes(text, reference, end)
        if normal_label(label) in self._labels:
            yield ("chain", "all", at + 1, inner, False)
            return Node("link", at, after, parts=link)
        outer = context._replace(end=close)
        yield ("chain", "all", at + 1, outer, False)
        parts: tuple[str | Run, ...] = ("[", Run("all", at + 1, close, outer), "]")
        if reference > close + 1:
            second = context._replace(end=reference)
            yield ("chain", "all", close + 1, second, False)
            parts = (*parts, Run("all", close + 1, reference, second))
        return Node("brackets", at, after, parts=parts)

    def _reference(self, at: int, context: Context) -> Rule:
        """The end of a `[label]` that follows a bracket; `at` itself if none does, or if it is a citation."""
        if at >= context.end or self.text[at] != "[":
            return at
        if (yield ("normal", at, context)) or _note_marker(self.text, at, context.end) > 0:
            return at
        return max(at, self._partner(at, context.end) + 1)

    def _image(self, at: int, context: Context, word: bool) -> Rule:
        text, end = self.text, context.end
        close = self._partner(at + 1, end) if _note_marker(text, at + 1, end) < 0 else -1
        if close < 0:
            return self._symbol(at)
        inner = context._replace(end=close)
        image = (Run("all", at + 2, close, inner),)
        after = self._targets.end(close + 1, end)
        if after > 0:
            yield ("chain", "all", at + 2, inner, False)
            return Node("image", at, lexis.after_attributes(text, after, end), parts=image)
        reference = yield from self._reference(close + 1, context)
        label = text[at + 2 : close] if reference <= close + 3 else text[close + 2 : reference - 1]
        if normal_label(label) in self._labels:
            yield ("chain", "all", at + 2, inner, False)
            return Node("image", at, lexis.after_attributes(text, reference, end), parts=image)
        first, second = context._replace(end=close + 1), context._replace(end=reference)
        yield ("chain", "all", at + 1, first, False)
        yield ("chain", "all", close + 1, second, False)
        runs = (Run("all", at + 1, close + 1, first), Run("all", close + 1, reference, second))
        return Node("sequence", at, lexis.after_attributes(text, reference, end), parts=("!", *runs))

    def _partner(self, at: int, end: int) -> int:
        """Where the bracket opened here is closed, code, math, tags and escapes left out; -1 if it is not."""
        if at >= end or self.text[at] != "[":
            return -1
        if (at, end) not in self._pairs:
            self._pair(at, end)
        return self._pairs[at, end] if self._heights[at, end] <= DEPTH else -1

    def _pair(self, at: int, end: int) -> None:
        """Pairs all brackets from here until this one is closed: each is looked at once."""
        pairs, heights, text = self._pairs, self._heights, self.text
        open_at, here = [at], at + 1
        heights[at, end] = 1
        while open_at and (found := _INTERESTING.search(text, here, end)):
            here, char = found.start(), found[0]
            if char == "[":
                if (here, end) in pairs and pairs[here, end] >= 0:
                    here = self._skip_pair(here, end, open_at)
                else:
                    open_at.append(here)
                    heights[here, end] = 1
                    here += 1
            elif char == "]":
                opener = open_at.pop()
                pairs[opener, end] = here
                self._raise_height(open_at, heights[opener, end], end)
                here += 1
            else:
                here = self._opaque_end(char, here, end)
        for opener in open_at:
            pairs[opener, end] = -1

    def _skip_pair(self, at: int, end: int, open_at: list[int]) -> int:
        self._raise_height(open_at, self._heights[at, end], end)
        return self._pairs[at, end] + 1

    def _raise_height(self, open_at: list[int], height: int, end: int) -> None:
        if open_at:
            outer = (open_at[-1], end)
            self._heights[outer] = max(self._heights[outer], height + 1)

    def _opaque_end(self, char: str, at: int, end: int) -> int:
        if char == "<":
            return max(at + 1, self._html(at, end))
        return max(at + 1, self._leaf(char, at, end).end)

    # ------------------------------------------------------------------------------------------ citations

    def _at(self, at: int, context: Context, word: bool) -> Rule:
        key = None if word else lexis.key_at(self.text, at, context.end)
        if key:
            return (yield from self._narrative(at, key, context))
        found = lexis.UNCITED_AT.match(self.text, at, context.end)
        return Node("at", at, found.end() if found else at + 1)

    def _hyphen(self, at: int, context: Context, word: bool) -> Rule:
        text, end = self.text, context.end
        key = None if word else lexis.key_at(text, at, end)
        if key:
            return (yield from self._narrative(at, key, context))
        if text.startswith("---", at, end):
            return Node("shown", at, at + 3, parts=("—",))
        if text.startswith("--", at, end):
            return Node("shown", at, at + 2, parts=("–",))
        return self._symbol(at)

    def _narrative(self, at: int, key: lexis.Key, context: Context) -> Rule:
        """`@key`, perhaps with a bracket behind it: a locator, further citations, or both."""
        if key.name in self._examples:
            return Node("shown", at, key.end, parts=(self.text[at : key.end],))
        mode = "suppress" if key.suppressed else "narrative"
        alone = Cited(key.name, mode, at, key.end, None, None, False)
        bracket = lexis.gap(self.text, key.end, context.end)
        if 0 <= bracket < context.end and self.text[bracket] == "[":
            node = yield ("normal", bracket, context)
            if node:
                found = (alone, *node.cited), node.end
            else:
                found = yield from self._locator(alone, bracket, context)
            if found and not self._is_label(bracket, found[1]):
                return Node("cite", at, found[1], cited=found[0])
        return Node("cite", at, key.end, cited=(alone,))

    def _is_label(self, at: int, end: int) -> bool:
        return bool(self._labels) and normal_label(self.text[at + 1 : end - 1]) in self._labels

    def _locator(self, alone: Cited, at: int, context: Context) -> Rule:
        """`[p. 3; @b]` behind a narrative key."""
        text, end = self.text, context.end
        if text.startswith("[^", at, end) or self._is_too_deep(at, end):
            return None
        suffix = yield from self._suffix(at + 1, context)
        if suffix is None:
            return None
        run, here, spaced = suffix
        cited = [alone._replace(suffix=run, spaced=spaced)]
        if here < end and text[here] == ";":
            more = lexis.gap(text, here + 1, end)
            others = (yield ("citations", more, context)) if more >= 0 else None
            if others is None:
                return None
            cited, here = [*cited, *others.all()], others.end
        here = lexis.gap(text, here, end)
        if here < 0 or here >= end or text[here] != "]" or text[here + 1 : min(here + 2, end)] in ("[", "(", "{"):
            return None
        return tuple(cited), here + 1

    def _is_too_deep(self, at: int, end: int) -> bool:
        self._partner(at, end)
        return self._heights[at, end] > DEPTH and self._pairs[at, end] >= 0

    def _normal_cite(self, at: int, context: Context) -> Rule:
        """`[see @a, p. 3; @b]`, unless the bracket is a link, a span or the first half of `[text][label]`."""
        text, end = self.text, context.end
        if text[at] != "[" or self._is_too_deep(at, end):
            return None
        start = lexis.gap(text, at + 1, end)
        found = (yield ("citations", start, context)) if start >= 0 else None
        here = lexis.gap(text, found.end, end) if found else -1
        if found is None or here < 0 or here >= end or text[here] != "]":
            return None
        after = here + 1
        if after < end and text[after] in "({[" and self._continues(after, end):
            return None
        return Node("cite", at, after, cited=tuple(found.all()))

    def _continues(self, at: int, end: int) -> bool:
        char = self.text[at]
        if char == "(":
            return self._targets.end(at, end) > 0
        if char == "{":
            return lexis.attributes(self.text, at, end) > 0
        return _note_marker(self.text, at, end) < 0 and self._partner(at, end) >= 0

    def _citations(self, at: int, context: Context) -> Rule:
        """Citations between semicolons → a `Chained`, or None if one of the parts has no key."""
        found = yield from self._citation(at, context)
        if found is None:
            return None
        citation, here = found
        if here >= context.end or self.text[here] != ";":
            return Chained(citation, None, here)
        following = lexis.gap(self.text, here + 1, context.end)
        rest = (yield ("citations", following, context)) if following >= 0 else None
        return Chained(citation, rest, rest.end) if rest else None

    def _citation(self, at: int, context: Context) -> Rule:
        ending = yield ("chain", "prefix", at, context, False)
        if not ending.met:
            return None
        position = ending.end + (self.text[ending.end] == "]")
        key = lexis.key_at(self.text, position, context.end) if position < context.end else None
        suffix = (yield from self._suffix(key.end, context)) if key else None
        if key is None or suffix is None:
            return None
        prefix = Run("prefix", at, ending.end, context)
        mode = "suppress" if key.suppressed else "normal"
        return Cited(key.name, mode, position, key.end, prefix, suffix[0], suffix[2]), suffix[1]

    def _suffix(self, at: int, context: Context) -> Rule:
        """The words up to `;` or `]` → (them, where they end, whether a blank stands before them)."""
        spaced = at >= context.end or self.text[at] in _SPACES
        start = lexis.gap(self.text, at, context.end)
        if start < 0:
            return None
        ending = yield ("chain", "suffix", start, context, False)
        return Run("suffix", start, ending.end, context), ending.end, spaced


def normal_label(label: str) -> str:
    """A link label as pandoc compares them: case folded, white space collapsed."""
    return " ".join(label.split()).lower()


@lru_cache(maxsize=2)
def _normal_labels(labels: frozenset[str]) -> frozenset[str]:
    """Those of a document, which all its texts are read with: the work of one text must not grow with them."""
    return frozenset(map(normal_label, labels))


def _ends_emphasis(text: str, mark: str, length: int, at: int, end: int) -> bool:
    after = at + length
    if after > end or text[at:after] != mark * length:
        return False
    return mark == "*" or after >= end or not text[after].isalnum()


def _formula(marked: str) -> str:
    return (marked[2:-2] if marked.startswith("$$") else marked[1:-1]).strip()


def _note_marker(text: str, at: int, end: int) -> int:
    """The end of a footnote marker `[^1]`, defined or not."""
    if not text.startswith("[^", at, end):
        return -1
    here = at + 2
    while here < end and text[here] not in "\r\n\t ^[]":
        here += 1
    return here + 1 if here > at + 2 and here < end and text[here] == "]" else -1
