"""What is said of a result, as signs: that a difference is real or chance, what a warning is about, what a body lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evidence.claims.words import Word

_RESULTS = frozenset(
    "difference differences gap gaps effect effects benefit benefits result results finding findings change changes fall falls"
    " rise gain gains advantage improvement improvements lead reduction increase link association correlation connection response"
    " evidence proof trend figure figures number numbers margin risk risks estimate estimates outcome outcomes relief"
    " conclusion comparison limit limits threshold cut-off answer answers".split()
)
_SO = frozenset(
    "real genuine true false wrong right chance luck coincidence accident fluke artefact artifact noise certain uncertain sure"
    " settled proven proof doubt doubtful clear unclear robust solid reliable unreliable meaningful important significant"
    " noticeable small smaller large larger big bigger tiny huge modest minor major slight negligible trivial striking dramatic"
    " impressive strong weak lasting permanent temporary consistent established confirmed disputed nil zero nothing enough"
    " convincing conclusive beyond fact truth dispute debate question undisputed undeniable".split()
)
_HOLDS = frozenset(
    "holds held hold lasts lasted last persists persisted persist remains remained remain fades faded fade vanishes vanished"
    " vanish disappears disappeared matters mattered matter counts stands stood stand exists existed exist rests rested rest"
    " depends depended depend speaks spoke points point grows grew shrinks shrank works worked".split()
)
_DEFINITE = frozenset("the this that these those its their such both neither no any".split())
_ANSWERS = frozenset("it this that these those they neither both none".split())
_BE = frozenset(
    "is are was were be isn't aren't wasn't weren't could can may might cannot can't must will looks look looked seems"
    " seem seemed proved".split()
)
_WARNINGS = frozenset("warning warnings caution alert alerts advice advisory precaution".split())
_BODIES = frozenset(
    "guideline guidelines statement statements society societies academy association college agency council committee panel"
    " regulator regulators ministry consensus label labels leaflet notice criteria tips summary summaries abstract abstracts review reviews"
    " authors manufacturer maker board institute commission".split()
)
_PUTS = frozenset(
    "list lists listed rank ranks ranked name names named call calls called say says said advise advises advised ask asks asked"
    " put puts place places placed count counts counted rate rates rated leave leaves left include includes included mention"
    " mentions mentioned warn warns warned allow allows allowed set sets describe describes described recommend recommends"
    " recommended give gives gave favour favours favor favors rule rules ruled".split()
)
_RANKS = frozenset("must should may can do never avoid not".split())
_OF_GROUP = frozenset(("%", "percent", "of", "per", "in", "range", "from"))
_LINKS = _BE | _HOLDS
_IS_ABOUT = _BE | {"about", "applies", "concerns", "covers", "comes", "rests", "stems"}
_OPENS = _DEFINITE | _ANSWERS | {"that's", "it's"}
_SHORT_IS = frozenset(("that's", "it's"))
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_NEAR = 6
_LABEL = 10


def of_results(words: Sequence[Word], verb: int | None) -> Iterator[str]:
    """The signs of a statement on a result, a warning or what a body put down; `verb` is the place of the main verb.

    Most sentences are none of these, so the words are looked at once before anything is looked for."""
    lows = [word.low for word in words]
    if ":" in lows:
        yield from _of_row(words, lows, verb)
    spoken = [low for low in lows if low[0].isalnum()]
    if not spoken:
        return
    if spoken[0] in _OPENS:
        yield from _of_verdict(spoken)
    opening = spoken[:_NEAR]
    if not _WARNINGS.isdisjoint(opening):
        for place in (at for at, low in enumerate(opening) if low in _WARNINGS):
            if not _IS_ABOUT.isdisjoint(spoken[place + 1 : place + 4]):
                yield "warning-is"
    if not _PUTS.isdisjoint(spoken[1 : _NEAR + 4]):
        yield from _of_body([word for word in words if word.low[0].isalnum()], spoken)


def _of_body(real: Sequence[Word], lows: Sequence[str]) -> Iterator[str]:
    """ "The society's tips list it", "NICE lists it"."""
    for place, low in enumerate(lows[:_NEAR]):
        if low in _BODIES and not _PUTS.isdisjoint(lows[place + 1 : place + 4]):
            yield "body-puts"
        short = 2 < len(low) < 7 and real[place].text.isupper() and low.isalpha()
        if short and not _PUTS.isdisjoint(lows[place + 1 : place + 5]):
            yield "initials-put"


def is_verdict(sentence: str) -> bool:
    """Whether a sentence says of a result, or of what was said before it, that it is real, chance, large or lasting."""
    lows = [word.lower() for word in _WORD.findall(sentence.replace("\u2019", "'"))]
    return bool(lows) and any(_of_verdict(lows))


def _of_row(words: Sequence[Word], lows: Sequence[str], verb: int | None) -> Iterator[str]:
    """ "Poor sleep: 48%", "Must not be given: codeine": the cells of a row, or what stands in a box of facts."""
    at = lows.index(":")
    if not 0 < at <= _LABEL or at > len(words) - 2:
        return
    if lows[0] in _RANKS:
        yield "row-ranks"
    if verb is None or verb < at:
        yield "row"
        behind = words[at + 1 :]
        if any("number" in word.classes for word in behind[:2]):
            yield "row-figure"
        if not _OF_GROUP.isdisjoint(lows[at + 2 : at + 5]):
            yield "row-share"


def _of_verdict(lows: Sequence[str]) -> Iterator[str]:
    """ "The gap at one hour is real", "That is not chance", "The difference did not last"."""
    if lows[0] in _SHORT_IS:
        lows = [lows[0][:-2], "is", *lows[1:]]
    if lows[0] not in _OPENS:
        return
    verb = next((place for place, low in enumerate(lows) if place and low in _LINKS), None)
    if verb is None:
        return
    said = lows[verb : verb + _NEAR + 1]
    if _SO.isdisjoint(said) and _HOLDS.isdisjoint(said[:4]):
        return
    if lows[0] in _DEFINITE and not _RESULTS.isdisjoint(lows[1 : min(verb, 5)]):
        yield "result-is-so"
    elif lows[0] in _ANSWERS and verb == 1:
        yield "answer-is-so"
