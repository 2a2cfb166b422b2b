"""The failure vocabulary: what stops a command, and what is only remarked.

BackfileError            a stop: a person must mend something; exit status 2
├── UsageError           the command was called wrongly
├── SettingsError        archive.toml says something that cannot be meant
├── ContentError         content/ holds something that cannot be read or written
├── TemplateError        a template cannot be rendered
├── OutputError          the site cannot be written
│   └── DamagedError     the catalogue broke under our hands; it is made anew
├── NetworkError         a web archive cannot be reached, or refuses
└── BusyError            another build holds the lock

Finding                  a remark that travels with the result; the rest goes on
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Severity = Literal["error", "warning", "info"]


class BackfileError(Exception):
    """A stop that a person must mend: what is wrong, where, and a hint what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)  # both, positionally: so that the error survives a process pool
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\nhint: {self.hint}" if self.hint else self.message


class UsageError(BackfileError):
    """The command was called wrongly."""


class SettingsError(BackfileError):
    """`archive.toml` says something that cannot be meant."""


class ContentError(BackfileError):
    """Something in `content/` cannot be read or written."""


class TemplateError(BackfileError):
    """A template cannot be found, parsed or rendered."""


class OutputError(BackfileError):
    """The site cannot be written."""


class DamagedError(OutputError):
    """The catalogue turned out to be damaged; it is gone, and whoever tries again fills it anew."""


class NetworkError(BackfileError):
    """A web archive cannot be reached, refuses, or has been asked too fast."""


class BusyError(BackfileError):
    """Another run holds the archive's lock."""


# Every code that a finding may carry: its severity and what it means. docs/findings.md explains each.
CODES: Mapping[str, tuple[Severity, str]] = MappingProxyType(
    {
        "active-content": ("error", "something in the site could run, navigate or send by itself"),
        "address-taken": ("error", "two pages of the site claim this address; the first is shown"),
        "archive-damaged": ("warning", "the file is cut short or damaged; what could be read of it was read"),
        "archive-limit": ("error", "the file holds more than is unpacked; the rest of it was left"),
        "article-field-invalid": ("error", "an article's front matter holds a value of the wrong kind"),
        "article-field-unknown": ("warning", "an article's front matter holds a name that means nothing"),
        "article-unreadable": ("error", "an article's front matter cannot be read"),
        "broken-fragment": ("warning", "a link in the site names a place that its page does not have"),
        "broken-link": ("error", "a link in the site leads nowhere"),
        "charset-mended": ("info", "the stated charset did not fit the bytes; another was used"),
        "charset-replaced": ("warning", "some bytes could not be decoded and were replaced"),
        "data-invalid": ("error", "a feed, a sitemap, JSON or JSON-LD in the site cannot be read by others"),
        "digest-differs": ("warning", "a record's bytes are not those that its digest was taken of"),
        "edited-kept": ("info", "a person edited the article; it was left as it is"),
        "empty-file": ("error", "the file is empty"),
        "encrypted": ("error", "the file, or a member of it, is encrypted"),
        "extra-missing": ("error", "reading this format needs an extra that is not installed"),
        "extract-failed": ("error", "the page could not be read; this is a fault of Backfile's"),
        "file-changed": ("error", "the file's bytes are not those that were recorded"),
        "file-missing": ("error", "the file was recorded and is gone"),
        "file-oversized": ("error", "a file of the site is larger than the host takes"),
        "file-skipped": ("info", "not a saved page: a hidden file, a link or a file of another kind"),
        "file-unlisted": ("info", "the file is not recorded yet; 'backfile verify --update' takes it in"),
        "file-unreadable": ("error", "the file cannot be opened"),
        "foreign-request": ("error", "a page of the site would load something from elsewhere"),
        "id-duplicate": ("error", "two articles claim the same address"),
        "index-cut": ("warning", "the web archive's index broke off; captures may be missing"),
        "known-unreadable": ("error", "a line of content/known/ cannot be read"),
        "leak": ("error", "words that are withheld stand in the site"),
        "manifest-damaged": (
            "error",
            "it, or its line in tagmanifest-sha256.txt, was changed or damaged; put it back from a copy, or begin it anew: --update",
        ),
        "manifest-missing": ("error", "nothing was recorded yet; 'backfile verify --update' begins"),
        "markup-limit": ("warning", "the page nests too deep or holds too many elements; it was cut"),
        "member-unreadable": ("error", "a member of the file cannot be read"),
        "member-unsafe": ("warning", "a member's name leads out of its file, or it is a link; it was left"),
        "memento-missing": ("warning", "the web archive lists a capture that it does not give"),
        "memento-skipped": ("info", "a capture in the web archive is no page of the site; it was left"),
        "name-unsafe": ("error", "a name in the site that some system cannot hold, or shows as another"),
        "no-body": ("error", "no article text was found"),
        "no-headline": ("warning", "no headline was found; the first words stand in"),
        "no-pages": ("error", "the folder holds no saved page"),
        "no-published": ("warning", "no date of publication was found"),
        "no-story": ("info", "a page that came along with others holds no article: a front page, a list, a frame"),
        "not-a-page": ("error", "the file is not a saved page of a known format"),
        "only-consent": ("warning", "the page is a consent wall and no article"),
        "only-error": ("warning", "the page says that there is no such page, or that it cannot be shown"),
        "only-gallery": ("warning", "the page shows pictures without a text"),
        "only-index": ("warning", "the page is a front page or a list of stories, and no article"),
        "only-login": ("warning", "the page asks to log in or to register, and is no article"),
        "only-video": ("warning", "the page shows a video without a text"),
        "orphan": ("warning", "nothing in the site leads to this file"),
        "outlet-unknown": ("warning", "a setting names an outlet that has no profile"),
        "page-no-language": ("error", "a page of the site does not say its language"),
        "page-no-title": ("error", "a page of the site has no title"),
        "page-unknown": ("warning", "a standing page cannot be read"),
        "page-unproven": ("error", "the page is not what the seal says"),
        "picture-not-smaller": ("warning", "a picture cannot be made smaller; it is shown as it is"),
        "place-twice": ("error", "two places in a page of the site have one name"),
        "profile-unreadable": ("error", "an outlet's profile cannot be read"),
        "reading-stopped": ("error", "the page took too long or too much memory to read; it was left"),
        "record-incomplete": (
            "warning",
            "a record holds part of a page only, or only says that the page was seen again",
        ),
        "redacted": ("info", "words of the article are blacked out"),
        "redaction-missing": ("warning", "a text to black out is not in the article"),
        "refresh-failed": ("warning", "the article cannot be read again from its originals; it stays as it is"),
        "seal-broken": ("error", "the seal does not fit what it was taken of"),
        "signature-invalid": ("error", "the seal is not signed, or by none of the allowed signers"),
        "site-nearly-full": ("warning", "the site will soon be larger than the host takes"),
        "site-oversized": ("error", "the site is larger than the host takes"),
        "site-stranger": ("info", "a file that Backfile did not make lies in the site; it was left"),
        "site-unrecorded": ("warning", "nothing is recorded of the built site; 'backfile build' records it"),
        "snapshot-cut": ("warning", "something of the saved page is too large for its snapshot; it was left out"),
        "snapshot-missing": (
            "warning",
            "the saved page cannot be found any more; its snapshot shows the article's text",
        ),
        "stamp-invalid": ("error", "the seal is not time-stamped, or by nobody under these certificates"),
        "structured-data-broken": ("info", "structured data in the page could not be parsed"),
        "text-invalid": ("error", "a file of the site is not UTF-8, or holds signs that no text holds"),
        "too-large": ("error", "the file is larger than the limit"),
        "withheld": ("info", "the article is withheld: a notice stands in its place"),
        "withheld-unknown": ("warning", "an entry of content/withheld.toml is about no article"),
    }
)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A remark about one input: `where` names the file (and its member), never an absolute path of the machine."""

    code: str
    where: str
    message: str = ""

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise KeyError(self.code)

    @property
    def severity(self) -> Severity:
        return CODES[self.code][0]

    @property
    def text(self) -> str:
        """What was found, in words."""
        return self.message or CODES[self.code][1]

    def __str__(self) -> str:
        return f"{self.where}: {self.severity}: {self.text} [{self.code}]"
