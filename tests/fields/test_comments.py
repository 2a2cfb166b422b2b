"""Readers' comments below a story are read as the usual blogs print them: who, when, and the words alone."""

from __future__ import annotations

import pytest

from generator import extract
from generator.model import Capture, Origin

STORY = (
    "<p>The bridge was opened by hand this morning, for the first time since the flood, and a small crowd had come to see.</p>"
    * 4
)
SAID = "He would have liked to see that."


@pytest.mark.parametrize(
    "comment",
    [
        """<li id="comment-5" class="comment depth-1"><article class="comment-body"><footer class="comment-meta"><div class="comment-author vcard"><b class="fn">
        <a href="#">Ben Rush</a></b> <span class="says">says:</span></div><div class="comment-metadata"><time datetime="2022-03-18T15:30">March 18</time></div></footer>
        <div class="comment-content"><p>{}</p></div><div class="reply"><a class="comment-reply-link">Reply</a></div></article></li>""",
        """<li class="comment even"><div class="comment-body"><div class="comment-author vcard"><cite class="fn">Ben Rush</cite> <span class="says">says:</span></div>
        <div class="comment-meta commentmetadata"><a href="#">March 18, 2022 at 3:30 pm</a></div><p>{}</p><div class="reply"><a>Reply</a></div></div></li>""",
        """<li class="comment"><div class="comment-header"><cite class="user">Ben Rush</cite><span class="datetime">18 March 2022 at 15:30</span></div>
        <p class="comment-content">{}</p><span class="comment-actions"><a>Reply</a></span></li>""",
        """<article class="comment"><header><span class="comment__author">Ben Rush</span> <time datetime="2022-03-18T15:30">18 Mar</time></header>
        <div class="comment__body"><p>{}</p></div><footer><a>Reply</a></footer></article>""",
    ],
)
def test_a_comment_is_its_words_without_its_head_and_its_buttons(comment: str) -> None:
    page = f"<html lang='en-US'><body><article><h1>Swing bridge opened by hand</h1>{STORY}</article><ol class='comment-list'>{comment.format(SAID)}</ol></body></html>"
    article = extract.extract(Capture(page.encode(), Origin("a.html", "0"))).article
    assert article is not None
    assert [(one.author, one.text, one.at) for one in article.comments] == [("Ben Rush", SAID, "2022-03-18T15:30")]
