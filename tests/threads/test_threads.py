"""A thread is taken apart into its posts, whichever of the usual boards has made the page."""

from __future__ import annotations

import pytest

from generator import document, extract, threads
from generator.model import Capture, Origin

FIRST = "The old swing bridge was opened by hand this morning, for the first time since the flood."
REPLY = "My father was its keeper for thirty years, he would have liked to see that."

# each with the post of Ada Quill of 18 March 2022, 14:05, and with what Ben Rush answered
BOARDS = {
    "phpBB 2": """<table class="forumline"><tr><td class="row1"><span class="name"><a name="1"></a><b>Ada Quill</b></span><br>
        <span class="postdetails">Joined: 02 Jan 2004<br>Posts: 12</span></td><td class="row1"><table><tr><td><span class="postdetails">
        Posted: Fri Mar 18, 2022 2:05 pm &nbsp; Post subject: Swing bridge</span></td></tr><tr><td><span class="postbody">{first}</span>
        </td></tr></table></td></tr><tr><td class="row2"><span class="name"><b>Ben Rush</b></span></td><td class="row2"><span class="postdetails">
        Posted: Fri Mar 18, 2022 3:30 pm</span><br><span class="postbody">{reply}</span></td></tr></table>Powered by phpBB""",
    "SMF": """<div id="forumposts"><div class="windowbg"><div class="post_wrapper"><div class="poster"><h4><a href="?u=1">Ada Quill</a></h4>
        <ul><li>Full Member</li><li>Posts: 120</li></ul></div><div class="postarea"><div class="keyinfo"><div class="smalltext">&#171; <strong>on:</strong>
        March 18, 2022, 02:05:00 pm &#187;</div></div><div class="post"><div class="inner" id="msg_10">{first}</div></div></div></div></div>
        <div class="windowbg2"><div class="post_wrapper"><div class="poster"><h4><a href="?u=2">Ben Rush</a></h4></div><div class="postarea">
        <div class="keyinfo"><div class="smalltext">Reply #1 on: March 18, 2022, 03:30:00 pm</div></div><div class="inner" id="msg_11">{reply}</div>
        </div></div></div></div>""",
    "MyBB": """<div id="posts"><div class="post classic" id="post_5"><div class="post_author"><div class="author_information"><strong><span class="largetext">
        <a href="user-1.html">Ada Quill</a></span></strong><br><span class="smalltext">Member</span></div><div class="author_statistics">Joined: Jan 2011</div>
        </div><div class="post_content"><div class="post_head"><span class="post_date">03-18-2022, 02:05 PM</span></div><div class="post_body scaleimages" id="pid_5">
        {first}</div></div></div><div class="post classic" id="post_6"><div class="author_information"><a>Ben Rush</a></div><span class="post_date">03-18-2022, 03:30 PM
        </span><div class="post_body scaleimages" id="pid_6">{reply}</div></div></div>""",
    "vBulletin 3": """<div id="posts"><table id="post7" class="tborder"><tr><td class="thead">18.03.2022, 14:05</td></tr><tr><td class="alt2">
        <a class="bigusername" href="member.php?u=1">Ada Quill</a><div class="smallfont">Join Date: Jan 2004</div></td></tr><tr><td class="alt1" id="td_post_7">
        <div id="post_message_7">{first}</div></td></tr></table><table id="post8"><tr><td class="thead">18.03.2022, 15:30</td></tr><tr><td>
        <a class="bigusername">Ben Rush</a></td></tr><tr><td><div id="post_message_8">{reply}</div></td></tr></table></div>""",
    "vBulletin 5": """<ul class="conversation-list"><li class="b-post js-post"><div class="b-userinfo"><div class="author"><strong><a href="/member/1">Ada Quill</a></strong>
        </div><ul class="b-userinfo__additional-info">Join Date: Jan 2016</ul></div><div class="b-post__timestamp"><time itemprop="dateCreated" datetime="2022-03-18T14:05:00">
        03-18-2022, 02:05 PM</time></div><div class="js-post__content-text restore">{first}</div></li><li class="b-post js-post"><div class="author"><a>Ben Rush</a></div>
        <time datetime="2022-03-18T15:30:00">x</time><div class="js-post__content-text restore">{reply}</div></li></ul>""",
    "XenForo 1": """<ol class="messageList"><li id="post-9" class="message" data-author="Ada Quill"><div class="messageUserInfo"><a class="username">Ada Quill</a></div>
        <article><blockquote class="messageText SelectQuoteContainer ugc baseHtml">{first}<div class="messageTextEndMarker">&nbsp;</div></blockquote></article>
        <div class="messageMeta"><a class="datePermalink"><span class="DateTime" title="Mar 18, 2022 at 2:05 PM">Mar 18, 2022</span></a></div></li>
        <li id="post-10" class="message" data-author="Ben Rush"><article><blockquote class="messageText ugc">{reply}</blockquote></article>
        <span class="DateTime" title="Mar 18, 2022 at 3:30 PM">Mar 18, 2022</span></li></ol>""",
    "Discourse as browsers show it": """<div class="post-stream"><div class="topic-post"><article id="post_1" class="boxed onscreen-post"><div class="names"><span class="first username">
        <a href="/u/ada">Ada Quill</a></span></div><div class="post-date"><span title="March 18, 2022 2:05 pm" data-time="1647612300000" class="relative-date">Mar '22</span>
        </div><div class="cooked"><p>{first}</p></div></article></div><div class="topic-post"><article id="post_2" class="boxed"><span class="username"><a>Ben Rush</a></span>
        <span title="March 18, 2022 3:30 pm" class="relative-date">Mar '22</span><div class="cooked"><p>{reply}</p></div></article></div></div>""",
    "Invision": """<div id="elPostFeed"><article id="elComment_1" class="ipsComment"><aside class="ipsComment_author"><h3><strong><a href="/p/1">Ada Quill</a></strong></h3></aside>
        <div class="ipsComment_meta">Posted <time datetime="2022-03-18T14:05:00">March 18, 2022</time></div><div class="ipsType_normal ipsType_richText">{first}</div></article>
        <article id="elComment_2" class="ipsComment"><aside class="ipsComment_author"><h3><a>Ben Rush</a></h3></aside><time datetime="2022-03-18T15:30:00">x</time>
        <div class="ipsType_richText">{reply}</div></article></div>""",
    "phpWind": """<div class="read_t"><table><tr><td class="floot_left"><div class="readName b"><a href="u.php?uid=1">Ada Quill</a></div></td><td class="floot_right">
        <div class="tipTop"><span title="2022-03-18 14:05:00">发表于: 2022-03-18</span></div><div id="read_tpc"><div class="tpc_content">{first}</div></div></td></tr></table></div>
        <div class="read_t"><table><tr><td><div class="readName b"><a>Ben Rush</a></div></td><td><span title="2022-03-18 15:30:00">x</span><div class="tpc_content">{reply}</div>
        </td></tr></table></div>""",
    "Discuz! of old": """<div id="postlist"><div id="post_3"><table><tr><td class="postauthor"><cite><a href="space-uid-1.html">Ada Quill</a></cite></td><td class="postcontent">
        <div class="postinfo"><em id="authorposton3">发表于 2022-3-18 14:05</em></div><div class="postmessage defaultpost"><div id="postmessage_3" class="t_msgfont">{first}</div>
        </div></td></tr></table></div><div id="post_4"><table><tr><td class="postauthor"><cite><a>Ben Rush</a></cite></td><td><em>发表于 2022-3-18 15:30</em>
        <div id="postmessage_4" class="t_msgfont">{reply}</div></td></tr></table></div></div>""",
}


def page(markup: str, head: str = "") -> Capture:
    whole = f"<html lang='en-US'><head><title>Swing bridge opened by hand - Lockside Board</title>{head}</head><body><h1>Swing bridge opened by hand</h1>{markup}</body></html>"
    return Capture(whole.encode(), Origin("thread.html", "0"))


@pytest.mark.parametrize("board", BOARDS)
def test_the_first_post_is_the_story_and_the_others_are_comments(board: str) -> None:
    article = extract.extract(page(BOARDS[board].format(first=FIRST, reply=REPLY))).article
    assert article is not None
    assert (article.headline, article.body, article.byline) == ("Swing bridge opened by hand", FIRST, ("Ada Quill",))
    assert str(article.published)[:16] == "2022-03-18T14:05"
    assert [(one.author, one.text, (one.at or "")[:16]) for one in article.comments] == [
        ("Ben Rush", REPLY, "2022-03-18T15:30")
    ]


def test_a_thread_that_nobody_answered_has_its_poster_and_no_comment() -> None:
    alone = BOARDS["vBulletin 3"].partition('<table id="post8"')[0].format(first=FIRST) + "</div>"
    article = extract.extract(page(alone)).article
    assert article is not None
    assert (article.body, article.byline, article.comments) == (FIRST, ("Ada Quill",), ())


def test_a_quotation_from_elsewhere_stays_in_the_comment_and_one_of_the_thread_does_not() -> None:
    quoting = f"<div class='quote'><blockquote><b>Ada Quill wrote:</b><br>{FIRST}</blockquote></div><blockquote>Rust never sleeps.</blockquote>{REPLY}"
    article = extract.extract(page(BOARDS["vBulletin 3"].format(first=FIRST, reply=quoting))).article
    assert article is not None
    assert [one.text for one in article.comments] == [f"Rust never sleeps. {REPLY}"]


@pytest.mark.parametrize(
    "markup",
    [
        f"<article class='post'><div class='post-body entry-content'><p>{FIRST}</p></div></article><ol><li class='comment'><div class='comment-body'>{REPLY}</div></li></ol>",
        f"<div class='postbody'><div class='content'><p>{FIRST}</p></div></div>",
        f"<div class='message'><div class='messagetext'>{FIRST}</div></div>",
    ],
)
def test_a_blog_is_no_thread_because_it_speaks_of_posts(markup: str) -> None:
    assert threads.read(document.read(page(markup))) == ()
