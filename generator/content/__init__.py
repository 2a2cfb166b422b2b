"""The only room that touches `content/`: originals, articles, media, outlets' profiles, standing pages.

A person's edits and the originals are never overwritten or deleted, but where a person asks for just that. Files are written
aside and renamed, so that a killed run leaves the old file or the new one.
"""

from generator.content.articles import (
    APART,
    FIELDS,
    ArticleFile,
    article_files,
    article_folders,
    every_article,
    file_of,
    put,
    read_article,
    rewrite,
)
from generator.content.files import remove, stamp, sweep
from generator.content.known import keep_known, known_mark, read_known
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
from generator.content.outlets import corrected_outlet, merge_outlet, read_outlets
from generator.content.saved import (
    keep_batch,
    keep_beside,
    keep_media,
    keep_original,
    media_files,
    media_folders,
    saved_mark,
)
from generator.content.standing import StandingPage, read_standing
from generator.content.withheld import WITHHELD, Withheld, read_withheld, write_withheld

__all__ = [
    "APART",
    "FIELDS",
    "WITHHELD",
    "ArticleFile",
    "Change",
    "Ledger",
    "StandingPage",
    "Withheld",
    "article_files",
    "article_folders",
    "corrected_outlet",
    "every_article",
    "file_of",
    "is_ours",
    "is_recorded",
    "keep_batch",
    "keep_beside",
    "keep_known",
    "keep_media",
    "keep_original",
    "keep_signed",
    "known_mark",
    "media_files",
    "media_folders",
    "merge_outlet",
    "put",
    "read_article",
    "read_known",
    "read_ledger",
    "read_outlets",
    "read_standing",
    "read_withheld",
    "record",
    "remove",
    "revise",
    "rewrite",
    "saved_mark",
    "sha256_of",
    "stamp",
    "sweep",
    "write_withheld",
]
