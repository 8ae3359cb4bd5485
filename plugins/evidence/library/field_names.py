"""The field names of bibliographies, so that a misspelt one shows: its words would be lost without a word."""

from __future__ import annotations

from collections.abc import Collection

READ = frozenset(
    # BibTeX's and biblatex's (manual, 2.2), and what databases and reference managers write about the work itself
    """
    abstract addendum address afterword annotation annotator annote archiveprefix arxivid author authortype bookauthor
    bookpagination booksubtitle booktitle booktitleaddon chapter collaborator commentator crossref date day doi edition
    editor editora editoratype editorb editorbtype editorc editorctype editortype eid elocation-id entryset eprint
    eprintclass eprinttype eventdate eventtitle eventtitleaddon execute file foreword gender hidden holder howpublished
    hyphenation ids indexsorttitle indextitle institution introduction inventor isan isbn ismn isrn issn issue
    issuesubtitle issuetitle issuetitleaddon iswc journal journalabbr journalsubtitle journaltitle journaltitleaddon key
    keyword keywords label langid langidopts language library location mainsubtitle maintitle maintitleaddon month
    nameaddon note number numpages options organization origdate origlanguage origlocation origpublisher origtitle pages
    pagetotal pagination part pmc pmcid pmid presort primaryclass pubmedid publisher pubstate related relatedoptions
    relatedstring relatedtype reprinttitle school series shortauthor shorteditor shorthand shorthandintro shortjournal
    shortseries shorttitle sortkey sortname sortshorthand sorttitle sortyear subtitle title titleaddon translator type
    url urldate usera userb userc userd usere userf venue verba verbb verbc version volume volumes xdata xref year
    """.split()
)
KEPT = frozenset(
    # what managers write about the entry; nothing here reaches a reader
    """
    added-at adsnote adsurl affiliation author-email bibsource biburl citation citeulike-article-id cited-references
    comment comments contents copyright creationdate date-added date-modified doc-delivery-number document_type esihighlycited
    funding funding-acknowledgement funding-text groups interhash intrahash issue_date keywords-plus lccn mendeley-groups
    mendeley-tags modificationdate notes number-of-cited-references owner paper posted-at pdf price priority printed
    publication_stage qualityassured rating readstatus research-areas review search shelfmark source tags times-cited
    timestamp unique-id urls username web-of-science-categories __markedentry
    """.split()
)


def misspelt(name: str, present: Collection[str]) -> str | None:
    """The field that `name` was meant to be: one slip away, and not in the entry beside it; None if it stands for itself."""
    word = name.lower()
    if word in READ or word in KEPT or word.startswith(("bdsk-", "x-")):
        return None
    near = [known for known in _one_slip_away(word) if known in READ or known in KEPT]
    return near[0] if near and not any(known in present for known in near) else None


def _one_slip_away(word: str) -> list[str]:
    """All words with one letter more, less, another, or two neighbours swapped."""
    letters = "abcdefghijklmnopqrstuvwxyz-_"
    ends = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    swapped = [a + b[1] + b[0] + b[2:] for a, b in ends if len(b) > 1]
    changed = [a + letter + b[1:] for a, b in ends if b for letter in letters]
    return [*swapped, *(a + b[1:] for a, b in ends if b), *changed, *(a + c + b for a, b in ends for c in letters)]
