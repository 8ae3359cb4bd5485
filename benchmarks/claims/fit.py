"""Fits what signs and words are worth to the labelled sentences: `python benchmarks/claims/fit.py [--write]`.

Needs `pip install scikit-learn wordfreq` and WordNet's database (`apt-get install wordnet-base`); the plugin needs neither.
A logistic regression with a penalty weighs three things at once: the signs of `weighing.py`, the words of the sentence,
and the broader terms that WordNet knows of the words ("illness", "body part", "vehicle"), so that words which no labelled
sentence has are worth something too. Both kinds of evidence on words are then added up for each word and written to
`learned.txt`, the points of the signs to `[points]` of `cues.toml`, all rounded to whole numbers.

Prints how well sentences of pages left out are judged (ten groups of pages; the lexicon knows them, the points do not) and
chooses the start: the highest at which the recall on the pages mixed most like those to be judged is at least RECALL.
With --write it also writes the tables of confusion for pages left out to `confusion.txt`.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import evidence.claims
import numpy as np
import wordfreq
from evidence.claims.clauses import Part, asserted
from evidence.claims.cues import KINDS, load_cues
from evidence.claims.detection import Verdict
from evidence.claims.weighing import signs, spoken
from evidence.claims.words import bare, words
from measure import Judged, confusion, report
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from wordnet import WordNet

_HERE = Path(__file__).parent
_TARGET = Path(evidence.claims.__file__).parent
_CUES = load_cues()
_SCALE = 10
_PENALTY = 0.1
_WORD, _TERM, _SHAPE = 3.0, 2.0, 3.0
_FEW, _RARE_WORD, _RARE_TERM = 4, 2, 25
_VOCABULARY = 40_000
_LEAST, _LEAST_RARE, _MOST = 2, 4, 20
_HEALTH = frozenset(("illness", "symptom", "drug", "body_part", "medical_procedure", "injury", "vitamin", "hormone"))
_MAINLY = 0.7
_LEXICON_PAGES = "v"  # the ids of sentences that the lexicon was made with begin so
_NEAREST_PAGES = "kw"  # those of sentences whose pages are mixed most like the ones to be judged begin so
_FOLDS = 10
_CASE = "case"  # the ids of the tests' cases begin so: they are fitted to, but not measured
_CASES = Path(__file__).parents[2] / "tests/cases/claims"
_GRAMMAR = frozenset(
    "a an the and or but nor so if as at by for from in into of off on onto out over than that then there these this those to"
    " up upon with am is are was were be been being have has had do does did can could may might must shall should will would"
    " i me my we us our you your he him his she her it its they them their who whom whose which what when where why how not no"
    " all any both each few more most other some such only own same too very just now here once again also one two".split()
)


class Sentence(NamedTuple):
    """A labelled sentence with what the detector sees of it."""

    id: str
    page: str
    kind: str
    text: str
    claim: bool
    part: Part
    signs: set[str]


def read(paths: list[Path]) -> list[Sentence]:
    found = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                text = bare(row["sentence"])
                part = asserted(text, words(text, _CUES), _CUES)
                seen = signs(text, part, _CUES) if part.words else set()
                found.append(
                    Sentence(row["id"], row["page_id"], row["kind"], text, row["label"] == "claim", part, seen)
                )
    return found


def cases(folder: Path) -> list[Sentence]:
    """The plain-text cases of the tests, lines such as "efficacy | Ginger eases nausea." or "not other | It rains."."""
    found = []
    for file in sorted(folder.glob("*.txt")):
        lines = file.read_text(encoding="utf-8").splitlines() if file.stem != "not_yet" else []
        for number, line in enumerate(lines):
            kind, stop, text = line.partition(" | ")
            if stop and not line.startswith("#"):
                text = bare(text)
                part = asserted(text, words(text, _CUES), _CUES)
                seen = signs(text, part, _CUES) if part.words else set()
                found.append(
                    Sentence(
                        f"{_CASE}{number}", f"case/{file.stem}", kind, text, not kind.startswith("not"), part, seen
                    )
                )
    return found


class Features:
    """Sentences → columns: signs, words, broader terms."""

    def __init__(self, sentences: list[Sentence], wordnet: WordNet) -> None:
        self._wordnet = wordnet
        spoken_in = Counter(low for sentence in sentences for low in spoken(sentence.part.words))
        self._common = {low for low, count in spoken_in.items() if count >= _RARE_WORD}
        self._signs, self._words, self._terms = DictVectorizer(), DictVectorizer(), DictVectorizer()
        seen = self._signs.fit_transform([self._of_signs(one) for one in sentences])
        lows = self._words.fit_transform([self._of_words(one) for one in sentences])
        terms = self._terms.fit_transform([self._of_terms(one) for one in sentences])
        self._kept = np.asarray((terms > 0).sum(0)).ravel() >= _RARE_TERM
        self.columns = csr_matrix(hstack([seen, lows, terms[:, self._kept]]))
        self.of_signs = csr_matrix(seen)
        self._cuts = np.cumsum([seen.shape[1], lows.shape[1]])

    def _of_signs(self, sentence: Sentence) -> dict[str, float]:
        return {sign: _SHAPE if sign.startswith("shape-") else 1.0 for sign in sentence.signs}

    def _of_words(self, sentence: Sentence) -> dict[str, float]:
        lows = spoken(sentence.part.words)
        share = _WORD * max(_FEW, len(lows)) ** -0.5
        return {low: share for low in lows if low in self._common}

    def _of_terms(self, sentence: Sentence) -> dict[str, float]:
        lows = spoken(sentence.part.words)
        share = _TERM * max(_FEW, len(lows)) ** -0.5
        found: dict[str, float] = defaultdict(float)
        for low in lows:
            for term, value in self.of_word(low).items():
                found[term] += share * value
        return found

    def of_word(self, low: str) -> dict[str, float]:
        return {} if low in _GRAMMAR else self._wordnet.features(low)

    def kinds(self, model: LogisticRegression) -> dict[str, dict[str, float]]:
        """A fit of kinds to signs → points of signs for each kind."""
        names = self._signs.get_feature_names_out()
        return {
            kind: {"start": _SCALE * start}
            | {
                sign: _SCALE * value * (_SHAPE if sign.startswith("shape-") else 1)
                for sign, value in zip(names, weights, strict=True)
            }
            for kind, start, weights in zip(model.classes_, model.intercept_, model.coef_, strict=True)
        }

    def points(self, weights: Any) -> tuple[dict[str, float], dict[str, float]]:
        """The weights of the columns → points of signs and of words."""
        first, second, third = np.split(weights * _SCALE, self._cuts)
        of_signs = dict(zip(self._signs.get_feature_names_out(), first, strict=True))
        of_signs = {sign: value * (_SHAPE if sign.startswith("shape-") else 1) for sign, value in of_signs.items()}
        of_terms = dict(zip(self._terms.get_feature_names_out()[self._kept], third * _TERM, strict=True))
        own = dict(zip(self._words.get_feature_names_out(), second * _WORD, strict=True))
        usual = set(wordfreq.top_n_list("en", _VOCABULARY)) | set(own)
        of_words = {}
        for low in sorted(usual | self._wordnet.words()):
            if re.fullmatch(r"[^\W\d_][\w'.-]*", low) is None:
                continue
            terms = self.of_word(low)
            value = own.get(low, 0.0) + sum(of_terms.get(term, 0.0) * share for term, share in terms.items())
            of_health = sum(share for term, share in terms.items() if term.partition(".")[0] in _HEALTH) > _MAINLY
            if round(abs(value)) >= (_LEAST if low in usual else _LEAST_RARE) and (low in usual or of_health):
                of_words[low] = max(-_MOST, min(_MOST, value))
        return of_signs, of_words


def fitted(columns: Any, claims: Any, weights: Any) -> LogisticRegression:
    return LogisticRegression(C=_PENALTY, max_iter=1000, tol=1e-3).fit(columns, claims, sample_weight=weights)


def left_out(columns: Any, claims: Any, weights: Any, pages: list[str], alive: Any) -> Any:
    """The points of each sentence by a fit to the other pages."""
    found = np.full(len(claims), -99.0)
    for rest, part in GroupKFold(_FOLDS).split(columns, claims, pages):
        rest, part = rest[alive[rest]], part[alive[part]]
        found[part] = fitted(columns[rest], claims[rest], weights[rest]).decision_function(columns[part])
    return found * _SCALE


def measured(claims: Any, points: Any, start: float) -> tuple[float, float]:
    """Precision and recall if the sentences above `start` are taken for claims."""
    found = points > start
    right = (found & claims).sum()
    return right / max(1, found.sum()), right / claims.sum()


def main() -> int:
    parser = argparse.ArgumentParser(description="Fit the points of signs and words to labelled sentences.")
    parser.add_argument("files", nargs="*", type=Path, default=[_HERE / "develop.tsv"])
    parser.add_argument("--write", action="store_true", help="write cues.toml and learned.txt")
    parser.add_argument(
        "--recall", type=float, default=0.905, metavar="RECALL", help="recall aimed at (default 0.905)"
    )
    options = parser.parse_args()
    sentences = read(options.files) + cases(_CASES)
    features = Features(sentences, WordNet())
    claims = np.array([one.claim for one in sentences])
    alive = np.array([bool(one.signs) for one in sentences])
    case = np.array([one.id.startswith(_CASE) for one in sentences])
    fresh = np.array([not one.id.startswith(_LEXICON_PAGES) for one in sentences]) & ~case
    near = np.array([one.id.startswith(tuple(_NEAREST_PAGES)) for one in sentences])
    weights = np.where(near, 4.0, np.where(fresh, 2.0, np.where(case, 10.0, 1.0)))
    points = left_out(features.columns, claims, weights, [one.page for one in sentences], alive)
    ranked = np.sort(points[alive])[::-1]
    start = next((at for at in ranked if measured(claims[near], points[near], at)[1] >= options.recall), ranked[-1])
    for name, rows in (("pages left out", ~case), ("not those of the lexicon", fresh), ("nearest pages", near)):
        for at in (start - 5, start, start + 5, start + 10, start + 15):
            precision, recall = measured(claims[rows], points[rows], at)
            sys.stdout.write(
                f"{name:26}{rows.sum():6}  start {-at:5.1f}  precision {precision:.3f}  recall {recall:.3f}\n"
            )
    known = np.array([one.claim and one.kind in KINDS for one in sentences]) & alive
    kinds = kinds_left_out(features.of_signs, sentences, [one.page for one in sentences], alive)
    of_kinds = kinds_fitted(features.of_signs[known], np.array([one.kind for one in sentences])[known])
    model = fitted(features.columns[alive], claims[alive], weights[alive])
    of_signs, of_words = features.points(model.coef_[0])
    begin = _SCALE * float(model.intercept_[0]) - start
    if options.write:
        write(begin, of_signs, of_words, features.kinds(of_kinds))
        tables = [
            f"{name}\n\n{told(sentences, points, kinds, start, rows)}\n"
            for name, rows in (
                ("all pages, each left out of the fit", ~case),
                ("pages that the first lexicon was not made with", fresh),
                ("pages mixed most like those to be judged", near),
            )
        ]
        (_HERE / "confusion.txt").write_text("\n\n".join(tables), encoding="utf-8")
    sys.stdout.write(f"{len(of_signs)} signs, {len(of_words)} words\n")
    return 0


def kinds_left_out(of_signs: Any, sentences: list[Sentence], pages: list[str], alive: Any) -> list[str]:
    """The kind each sentence would have, by a fit to the claims of the other pages."""
    known = np.array([one.claim and one.kind in KINDS for one in sentences]) & alive
    labels = np.array([one.kind for one in sentences])
    found = np.full(len(sentences), "", dtype=object)
    for rest, part in GroupKFold(_FOLDS).split(of_signs, labels, pages):
        rest, part = rest[known[rest]], part[alive[part]]
        found[part] = kinds_fitted(of_signs[rest], labels[rest]).predict(of_signs[part])
    return list(found)


def kinds_fitted(of_signs: Any, labels: Any) -> LogisticRegression:
    return LogisticRegression(C=_PENALTY, max_iter=500, tol=1e-3).fit(of_signs, labels)


def told(sentences: list[Sentence], points: Any, kinds: list[str], start: float, rows: Any) -> str:
    """The figures of some sentences by register and kind, the tables of confusion and the surest errors."""
    judged = []
    for one, value, kind, wanted in zip(sentences, points, kinds, rows, strict=True):
        if wanted:
            claim = bool(value > start)
            verdict = Verdict(claim, kind or None if claim else None, None)
            judged.append(
                Judged(one.text, one.claim, one.kind, one.page.partition("/")[0], verdict, float(value - start))
            )
    return f"{report(judged, 40)}\n\n{confusion('', judged)}"


def write(
    begin: float, of_signs: dict[str, float], of_words: dict[str, float], of_kinds: dict[str, dict[str, float]]
) -> None:
    file = _TARGET / "cues.toml"
    head = file.read_text(encoding="utf-8").partition("\n[points]\n")[0]
    lines = [f"start = {round(begin)}"]
    lines += [f"{sign} = {round(value)}" for sign, value in sorted(of_signs.items()) if round(value)]
    for kind, points in of_kinds.items():
        lines += ["", f"[kinds.{kind}]"]
        lines += [f"{sign} = {round(value)}" for sign, value in points.items() if round(value)]
    file.write_text(head + "\n[points]\n" + "\n".join(lines) + "\n", encoding="utf-8")
    groups: dict[int, list[str]] = defaultdict(list)
    for low, value in of_words.items():
        groups[round(value)].append(low)
    told = [
        "# What a word is worth by itself, beside the classes of cues.toml: points, then the words that are worth them.",
        "# Made by benchmarks/claims/fit.py from labelled sentences and from the senses of words in WordNet 3.0",
        "# (Princeton University, https://wordnet.princeton.edu/license-and-commercial-use). Do not edit by hand.",
    ]
    told += [f"{points} {' '.join(sorted(group))}" for points, group in sorted(groups.items(), reverse=True)]
    (_TARGET / "learned.txt").write_text("\n".join(told) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
