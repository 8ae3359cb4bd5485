"""How fast other programs make pages with lists of sources from the same articles, side by side in one run.

    .venv/bin/python benchmarks/speed/peers.py            # 100 articles, 2,000 sources

Each program gets the generated corpus in its own notation: the same words, the same keys in the same places, the same `.bib`. Of
ours it is the whole build from nothing: claims found, support checked, references, pages of the sources. The others are
installed from PyPI into a folder of their own, in the versions below, and each must have put every article's sources on its page,
or its row says that it did not. CPU time of the process tree; of several runs the least.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import corpus
from measure import BIN, PLAIN, Cost, forget, least

PINNED = (
    *("pelican==4.12.0", "markdown==3.11.3", "mkdocs==1.6.1", "mkdocs-bibtex==4.4.0"),
    *("sphinx==9.0.4", "sphinxcontrib-bibtex==2.7.0", "myst-parser==5.2.0", "pybtex==0.26.1", "setuptools==80.9.0"),
)
ALONE = ("pelican-cite==0.1.4",)
"""Without what it asks for: it wants a pybtex that Python 3.11 cannot run, and works with this one."""
_CLUSTER = re.compile(r"\[[^\[\]]*@[^\[\]]*\]")
_KEY = re.compile(r"(?<![\w.])-?@\{?([A-Za-z][\w:-]*)(?:#[\w-]+)?\}?")
_HEAD = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


@dataclass(frozen=True)
class Peer:
    """A program: what it is called, how it is started in its folder, where it puts its pages, what makes its folder ready."""

    name: str
    command: tuple[str, ...]
    output: str
    write: Callable[[Path, dict[str, tuple[str, str]], str], None]
    cites: bool = True


def articles(folder: Path) -> dict[str, tuple[str, str]]:
    """By name: title and text of each article, without pictures and without links to other articles."""
    found = {}
    for path in sorted((folder / "content" / "articles").glob("*.md")):
        text = path.read_text("utf-8")
        head = _HEAD.match(text)
        assert head
        title = re.search(r"^title: (.*)$", head[1], re.MULTILINE)
        body = re.sub(r"!\[[^\]]*\]\([^)]*\)(?:\{[^}]*\})?", "", text[head.end() :])
        body = re.sub(r"\[([^\[\]]*)\]\(\{filename\}[^)]*\)", r"\1", body)
        body = re.sub(r"\[([^\[\]@]*)\]\{\.claim\}", r"\1", re.sub(r"<!--.*?-->", "", body, flags=re.DOTALL))
        found[path.stem] = (title[1] if title else path.stem, body)
    return found


def cited(body: str, wrap: Callable[[list[str]], str]) -> str:
    """The text with each citation in another notation, made from its keys."""

    def whole(found: re.Match[str]) -> str:
        keys = _KEY.findall(found[0])
        return wrap(keys) if keys else found[0]

    kept: list[str] = []

    def set_aside(found: re.Match[str]) -> str:
        kept.append(whole(found))
        return f"\0{len(kept) - 1}\0"

    text = _KEY.sub(lambda found: wrap([found[1]]), _CLUSTER.sub(set_aside, body))
    return re.sub("\0(\\d+)\0", lambda found: kept[int(found[1])], text)


def _write(folder: Path, texts: Iterator[tuple[str, str]]) -> None:
    for name, text in texts:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _pandoc(keys: list[str]) -> str:
    return f"[{'; '.join(f'@{key}' for key in keys)}]"


def _doubled(keys: list[str]) -> str:
    return " ".join(f"[@@{key}]" for key in keys)


def _role(prefix: str, keys: list[str]) -> str:
    return f"{{cite:p}}`{','.join(prefix + key for key in keys)}`"


def pelican(folder: Path, found: dict[str, tuple[str, str]], bibliography: str, more: str = "PLUGINS = []\n") -> None:
    head = "---\ntitle: {}\ndate: 2026-11-24\ncategory: a\nslug: {}\n---\n\n"
    wrap = _doubled if "cite" in more else _pandoc
    _write(
        folder / "content/articles", ((f"{n}.md", head.format(t, n) + cited(b, wrap)) for n, (t, b) in found.items())
    )
    (folder / "pelicanconf.py").write_text(PLAIN + more, "utf-8")
    (folder / "references.bib").write_text(bibliography, "utf-8")


def pelican_cite(folder: Path, found: dict[str, tuple[str, str]], bibliography: str) -> None:
    pelican(folder, found, bibliography, 'PLUGINS = ["cite"]\nPUBLICATIONS_SRC = "references.bib"\n')


def mkdocs(folder: Path, found: dict[str, tuple[str, str]], bibliography: str) -> None:
    wrap = _pandoc
    _write(folder / "docs", ((f"{n}.md", f"# {t}\n{cited(b, wrap)}\n") for n, (t, b) in found.items()))
    (folder / "docs/index.md").write_text("# Home\n", "utf-8")
    (folder / "references.bib").write_text(bibliography, "utf-8")
    settings = "site_name: x\nplugins:\n  - bibtex:\n      bib_file: references.bib\nmarkdown_extensions: [footnotes, tables]\n"
    (folder / "mkdocs.yml").write_text(settings, "utf-8")


def sphinx(folder: Path, found: dict[str, tuple[str, str]], bibliography: str) -> None:
    listed = "\n```{{bibliography}}\n:filter: docname in docnames\n:keyprefix: {}\n:labelprefix: {}\n```\n"
    texts = []
    for number, (name, (title, body)) in enumerate(found.items()):
        prefix = f"a{number}-"
        texts.append(
            (f"{name}.md", f"# {title}\n{cited(body, partial(_role, prefix))}\n{listed.format(prefix, prefix)}")
        )
    _write(folder, iter(texts))
    (folder / "index.md").write_text("# Home\n\n```{toctree}\n" + "\n".join(found) + "\n```\n", "utf-8")
    (folder / "references.bib").write_text(bibliography, "utf-8")
    settings = 'extensions = ["myst_parser", "sphinxcontrib.bibtex"]\nbibtex_bibfiles = ["references.bib"]\nhtml_theme = "alabaster"\n'
    (folder / "conf.py").write_text(settings, "utf-8")


def peers(bin_: Path) -> tuple[Peer, ...]:
    """All programs; the first is what the others are measured against."""
    build = (str(bin_ / "pelican"), "content", "-o", "output", "-s", "pelicanconf.py")
    return (
        Peer("plain Pelican (citations left as text)", build, "output", pelican, cites=False),
        Peer("Pelican with pelican-cite", build, "output", pelican_cite),
        Peer("MkDocs with mkdocs-bibtex", (str(bin_ / "mkdocs"), "build", "-q"), "site", mkdocs),
        Peer("Sphinx with sphinxcontrib-bibtex", (str(bin_ / "sphinx-build"), "-q", ".", "output"), "output", sphinx),
    )


def lacking(output: Path, found: dict[str, tuple[str, str]], titles: dict[str, str]) -> int:
    """How many articles have no page that names the sources that the article cites, by the first words of their titles."""
    pages = {path: path.read_text("utf-8") for path in output.rglob("*.html")}
    missing = 0
    for name, (_, body) in found.items():
        own = [text for path, text in pages.items() if name in (path.stem, path.parent.name)]
        keys = {key for cluster in _CLUSTER.findall(body) for key in _KEY.findall(cluster)} & titles.keys()
        missing += not own or sum(titles[key].lower() in own[0].lower() for key in keys) < 0.9 * len(keys)
    return missing


def completed(bibliography: str) -> str:
    """With an author, a journal and a year in each entry: some programs stop where one is missing."""
    entries = re.split(r"^(?=@)", bibliography, flags=re.MULTILINE)
    for number, entry in enumerate(entries):
        for field in ("author", "journal", "year", "publisher", "institution", "school"):
            if "," in entry and not re.search(rf"^\s*{field}\s*=", entry, re.MULTILINE):
                entry = entry.replace(
                    ",", f",\n  {field} = {{2020}}," if field == "year" else f",\n  {field} = {{None}},", 1
                )
        entries[number] = entry
    return "".join(entries)


def titles_of(bibliography: str) -> dict[str, str]:
    """By key, the first plain words of each title that begins with some."""
    found = {}
    for entry in re.split(r"^(?=@)", bibliography, flags=re.MULTILINE):
        title = re.search(r"^\s*title\s*=\s*\{+([A-Za-z]+ ?[a-z]*)", entry, re.MULTILINE)
        if title:
            found[entry[entry.index("{") + 1 : entry.index(",")]] = title[1].strip()
    return found


def ours(folder: Path, repeat: int) -> Cost:
    """The whole build of the corpus from nothing."""
    build = [str(BIN / "pelican"), "content", "-o", "output", "-s", "pelicanconf.py"]
    return least(build, folder, repeat, lambda _: forget(folder))


def _removing(folder: Path) -> Callable[[int], object]:
    return lambda _: shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How fast other programs are on the same articles")
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--sources", type=int, default=2000)
    parser.add_argument("--repeat", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        bin_ = top / "venv" / "bin"
        subprocess.run([sys.executable, "-m", "venv", bin_.parent], check=True)
        subprocess.run([bin_ / "pip", "install", "-q", "--disable-pip-version-check", *PINNED], check=True)
        subprocess.run(
            [bin_ / "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", *ALONE], check=True
        )
        (top / "ours").mkdir()
        corpus.write(top / "ours", options.articles, options.sources)
        found = articles(top / "ours")
        bibliography = completed((top / "ours" / "references.bib").read_text("utf-8"))
        titles = titles_of(bibliography)
        rows: list[tuple[str, Cost, str]] = []
        for number, peer in enumerate(peers(bin_)):
            folder = top / str(number)
            folder.mkdir()
            peer.write(folder, found, bibliography)
            cost = least(peer.command, folder, options.repeat, _removing(folder / peer.output))
            missing = lacking(folder / peer.output, found, titles) if peer.cites else 0
            rows.append((peer.name, cost, f"{missing} pages lack sources" if missing else ""))
            print(f"{peer.name}: {cost.cpu:.2f} s {rows[-1][2]}", file=sys.stderr, flush=True)
        rows.append(("this project, all checks and pages", ours(top / "ours", options.repeat), ""))
    base = rows[0][1]
    print(f"{options.articles} articles, {len(titles)} sources; 1.0 is {base.cpu:.2f} s of CPU\n")
    print("| program | CPU | wall | memory, MB | |\n|---|---:|---:|---:|---|")
    for name, cost, note in rows:
        print(f"| {name} | {cost.cpu / base.cpu:.2f} | {cost.wall / base.wall:.2f} | {cost.memory:.0f} | {note} |")


if __name__ == "__main__":
    main()
