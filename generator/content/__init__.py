"""The only room that touches `content/`: originals, articles, media, outlets' profiles, standing pages.

A person's edits and the originals are never overwritten or deleted. Files are written aside and renamed, so that a
killed run leaves the old file or the new one.
"""

from generator.content.articles import FIELDS, ArticleFile, article_files, put, read_article, rewrite
from generator.content.files import stamp
from generator.content.known import keep_known, read_known
from generator.content.ledger import (
    Change,
    Ledger,
    is_ours,
    is_recorded,
    keep_signed,
    read_ledger,
    record,
    revise,
    sha256_of,
)
from generator.content.outlets import merge_outlet, read_outlets
from generator.content.saved import keep_batch, keep_beside, keep_media, keep_original, media_files
from generator.content.standing import StandingPage, read_standing

__all__ = [
    "FIELDS",
    "ArticleFile",
    "Change",
    "Ledger",
    "StandingPage",
    "article_files",
    "is_ours",
    "is_recorded",
    "keep_batch",
    "keep_beside",
    "keep_known",
    "keep_media",
    "keep_original",
    "keep_signed",
    "media_files",
    "merge_outlet",
    "put",
    "read_article",
    "read_known",
    "read_ledger",
    "read_outlets",
    "read_standing",
    "record",
    "revise",
    "rewrite",
    "sha256_of",
    "stamp",
]
