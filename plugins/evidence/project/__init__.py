"""A project on disk → its report: what the build and `evidence check` both do, and so do alike."""

from __future__ import annotations

from evidence.folders import MARKDOWN
from evidence.project.checks import (
    bare_case,
    built_problems,
    check_project,
    read_baseline,
    read_ledger,
    words_of_theme,
)
from evidence.project.described import Project
from evidence.project.documents import document_of, read_documents, reader
from evidence.project.files import chosen_files, content_files, kinds_of, read_from, theme_files
from evidence.project.library import library_of, remembered, whole_library
from evidence.project.settings import project_from
from evidence.project.texts import texts_of, today
from evidence.settings_file import load_settings

__all__ = [
    "MARKDOWN",
    "Project",
    "bare_case",
    "built_problems",
    "check_project",
    "chosen_files",
    "content_files",
    "document_of",
    "kinds_of",
    "library_of",
    "load_settings",
    "project_from",
    "read_baseline",
    "read_documents",
    "read_from",
    "read_ledger",
    "reader",
    "remembered",
    "texts_of",
    "theme_files",
    "today",
    "whole_library",
    "words_of_theme",
]
