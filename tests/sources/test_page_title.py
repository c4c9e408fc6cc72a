"""The title that a person would give, whatever a page makes of it (each row a kind of page people add)."""

import pytest

from tests.sources.heads import ld
from tests.sources.test_web_page import parse
from triage.ports import Unreachable


def title(head: str, url: str = "http://blog.example/post", body: str = "") -> str:
    return parse(f"<html><head>{head}</head><body>{body}</body></html>".encode(), url=url).title


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<title>A post - My Blog</title><meta property='og:site_name' content='My Blog'>", "A post"),
        ("<title>blog.example | A post</title>", "A post"),
        ("<title>A post – Blog</title>", "A post"),
        ("<title>Home » Blog » A post on parsers</title>", "A post on parsers"),
        ("<title>A post \\ Blog</title>", "A post"),
        ("<title>A post - post</title>", "A post"),
        ("<title>A post — Ann Author</title><meta name='author' content='Ann Author'>", "A post"),
        ("<title>AT&amp;amp;T &amp;#39;sold&amp;#39;</title>", "AT&T 'sold'"),
        ("<title>&lt;p&gt;: The paragraph</title>", "<p>: The paragraph"),
        (
            "<title>A post on parsers | Blog</title><meta property='og:title' content='A post on...'>",
            "A post on parsers",
        ),
        ("<title>A guide — Library 1.2 documentation</title><h1>A guide<a href='#a'>¶</a></h1>", "A guide"),
        ("<title>Blog: A post</title>", "A post"),
        ("<title>A post :: blog.example</title>", "A post"),
        ("<title>A post on parsers · Somebody's site</title>", "A post on parsers"),
        ("<title>A post on parsers | Hacker News</title>", "A post on parsers"),
        ("<title>A post on parsing in public » The Daily Example</title>", "A post on parsing in public"),
        ("<title>A post | News | Blog</title><h1>A post</h1>", "A post"),
        ("<title>A post — Somewhere</title><h1>A post</h1>", "A post"),
        ("<title>Somewhere - A post</title><h1>A post</h1>", "A post"),
        ("<meta property='og:site_name' content='The Daily'><title>A post - Daily</title>", "A post"),
        ("<title>Parsers - and how to test them</title>", "Parsers - and how to test them"),
        ("<title>Attention: a survey</title>", "Attention: a survey"),
        (
            "<title>Two cities | Part 2 of a very long series</title>",
            "Two cities | Part 2 of a very long series",
        ),
        ("<title>TLS | 1.3</title>", "TLS | 1.3"),
        ("<meta property='og:title' content='A post | Blog'><title>x</title>", "A post"),
        ("<meta property='og:title' content='Blog'><title>A post - Blog</title>", "A post"),
        ("<meta property='og:title' content='Home'><title>A post</title>", "A post"),
        ("<meta name='twitter:title' content='A post'><title>x</title>", "A post"),
        ("<meta name='title' content='A post'>", "A post"),
        ("<meta property='og:title' content=''><title>A post</title>", "A post"),
        ("<meta name='DC.title' content='A post'><title>x</title>", "A post"),
        ("<title>Blog</title>", "Blog"),
        ("<h1>Only a heading</h1>", "Only a heading"),
        ("<h1><a href='/'>Blog</a></h1><article><h1>The <em>real</em> one</h1></article>", "The real one"),
        ("<h1>Un<b>believ</b>able<br>things</h1>", "Unbelievable things"),
        ("<svg><title>Icon</title></svg><h1>A post</h1>", "A post"),
        ("<p>Nothing at all</p>", "http://blog.example/post"),
        ("<title>\n  </title>", "http://blog.example/post"),
        ("<title>Untitled Document</title>", "http://blog.example/post"),
    ],
)
def test_a_site_is_no_part_of_a_title(head: str, expected: str) -> None:
    assert title(head) == expected


@pytest.mark.parametrize(
    ("head", "url", "expected"),
    [
        pytest.param(
            "<title>GitHub - torvalds/linux: Linux kernel source tree</title>"
            "<meta property='og:site_name' content='GitHub'>"
            "<meta property='og:title' content='GitHub - torvalds/linux: Linux kernel source tree'>",
            "https://github.com/torvalds/linux",
            "torvalds/linux: Linux kernel source tree",
            id="GitHub",
        ),
        pytest.param(
            "<title>Fix a leak · Issue #12 · user/repo · GitHub</title>",
            "https://github.com/user/repo/issues/12",
            "Fix a leak · Issue #12 · user/repo",
            id="an issue",
        ),
        pytest.param(
            "<title>How parsers work. With pictures | by Ann Author | The Press | Medium</title>",
            "https://medium.com/@ann/x",
            "How parsers work. With pictures",
            id="Medium",
        ),
        pytest.param(
            "<title>How parsers work - by Ann Author - Her Letter</title>",
            "https://her.substack.com/p/x",
            "How parsers work",
            id="Substack",
        ),
        pytest.param(
            "<title>But what is a neural network? | Chapter 1, Deep learning - YouTube</title>"
            "<meta property='og:site_name' content='YouTube'>"
            "<meta property='og:title' content='But what is a neural network? | Deep learning chapter 1'>",
            "https://www.youtube.com/watch?v=aircAruvnKk",
            "But what is a neural network? | Deep learning chapter 1",
            id="YouTube",
        ),
        pytest.param(
            "<title>Obsidian (software) - Wikipedia</title>"
            + ld({"@type": "Article", "name": "Obsidian (software)", "headline": "note-taking software"}),
            "https://en.wikipedia.org/wiki/Obsidian_(software)",
            "Obsidian (software)",
            id="Wikipedia",
        ),
        pytest.param(
            "<title>Maker&#39;s Schedule</title>",
            "http://www.paulgraham.com/m.html",
            "Maker's Schedule",
            id="bare",
        ),
        pytest.param(
            "<title>python - How do I merge two lists? - Stack Overflow</title>"
            "<meta property='og:title' content='How do I merge two lists?'>",
            "https://stackoverflow.com/q/1",
            "How do I merge two lists?",
            id="Stack Overflow",
        ),
    ],
)
def test_the_sites_that_people_link(head: str, url: str, expected: str) -> None:
    assert title(head, url) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            "<meta property='og:title' content='Maker&amp;#039;s &amp;amp; Manager&amp;rsquo;s'>",
            "Maker's & Manager’s",
        ),
        (
            ld({"@type": "BlogPosting", "headline": "Maker&#8217;s &amp; <b>Manager</b>"}),
            "Maker’s & Manager",
        ),
        ("<meta property='og:title' content='Less than &amp;lt; &amp;nbsp;'>", "Less than &lt; &nbsp;"),
        ("<title>AT&T and R&D</title>", "AT&T and R&D"),
        ("<title>  Two\n   lines\t</title>", "Two lines"),
    ],
)
def test_what_was_encoded_twice_is_decoded(head: str, expected: str) -> None:
    assert title(head) == expected


def test_capitals_give_way_where_another_part_of_the_page_has_none() -> None:
    assert title("<title>ON THE GAN ZOO</title>", body="<h1>On the GAN Zoo</h1>") == "On the GAN Zoo"
    assert title("<title>ON THE GAN ZOO</title>") == "ON THE GAN ZOO"
    assert title("<title>BERT</title><h1>Bert</h1>") == "BERT"


@pytest.mark.parametrize(
    "text",
    [
        '{"@graph": [{"@type": "WebSite", "name": "No"}, {"@type": "Article", "headline": "From JSON"}]}',
        '[{"@type": ["NewsArticle", "Thing"], "headline": "From JSON"}]',
        '{"@type": "WebPage", "mainEntity": {"@type": "Article", "headline": "From JSON"}}',
        '{"@type": "Article", "headline": {"@value": "From JSON", "@language": "en"}}',
        '<!-- {"@type": "Article", "headline": "From JSON"} -->',
        '//<![CDATA[\n{"@type": "Article", "headline": "From\n JSON"}\n//]]>',
    ],
)
def test_json_ld_in_all_its_forms(text: str) -> None:
    assert title(f'<script type="application/ld+json; charset=utf-8">{text}</script>') == "From JSON"


@pytest.mark.parametrize(
    "head",
    [
        "<title>Sign in - Example Corp</title>",
        "<title>Log in to your account</title>",
        "<title>Example | Login</title>",
        "<title>Just a moment...</title>",
        "<title>Access Denied</title>",
        "<title>Attention Required! | Cloudflare</title>",
        "<title>Example - Are you a robot?</title>",
        "<title>Before you continue to YouTube</title>",
        "<title>404 - Page not found</title>",
        "<title>Page Not Found | Blog</title>",
        "<title>Please enable JavaScript to go on</title>",
    ],
)
def test_a_page_that_is_shown_instead_is_told_and_is_no_title(head: str) -> None:
    with pytest.raises(Unreachable, match=r"does not show http://blog\.example/post but “.*write its title"):
        title(head)


@pytest.mark.parametrize(
    "head",
    [
        "<title>Log in or perish: a history</title>",
        "<title>404 errors I have known</title>",
        "<title>Signing in C++</title>",
    ],
)
def test_an_article_about_such_a_page_is_none(head: str) -> None:
    assert title(head).startswith(("Log in or", "404 errors", "Signing"))
