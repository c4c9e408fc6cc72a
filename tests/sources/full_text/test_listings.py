"""Listings and algorithms: line by line, in fences, with indents and line numbers."""

from tests.sources.full_text.pages import markdown, math, rendered


def line(content: str, number: str = "") -> str:
    tag = f'<span class="ltx_tag ltx_tag_listingline">{number}</span>' if number else ""
    return f'<div class="ltx_listingline">\n{tag}{content}\n</div>'


def code(body: str) -> str:
    """The text of the only listing."""
    (block,) = rendered(markdown(body)).iter("pre")
    return str(block.text_content()).rstrip("\n")


def listing(*lines: str, kind: str = "ltx_listing") -> str:
    data = '<div class="ltx_listing_data"><a href="data:text/plain;base64,eA==" download="">⬇</a></div>'
    return f'<div class="{kind}">{data}{"".join(lines)}</div>'


def test_an_algorithm_keeps_its_lines_their_numbers_and_indents() -> None:
    nbsp, condition = "\N{NO-BREAK SPACE}" * 4, math(r"r\not=0")
    shown = code(
        listing(
            line(f'<span class="ltx_text ltx_font_bold">while</span> {condition} do', "9:"),
            line(f"{nbsp}{math('a')} *b* [c]", "10:"),
            line("end", ""),
        )
    )
    assert shown == " 9:  while r ≠ 0 do\n10:      a *b* [c]\n     end"


def test_code_keeps_its_blank_lines_its_spaces_and_its_language() -> None:
    space = '<span class="ltx_text ltx_lst_space">    </span>'
    body = listing(
        line("def f(x):"),
        line(""),
        line(f"{space}return x &lt; 1"),
        kind="ltx_listing ltx_lst_language_Python",
    )
    assert code(body) == "def f(x):\n\n    return x < 1"
    assert markdown(body).startswith("```python\n")


def test_what_an_algorithm_puts_at_the_right_edge_stands_apart() -> None:
    assert code(listing(line('x<span style="float:right;">▷ why</span>'))) == "x  ▷ why"


def test_the_bars_of_an_algorithm_are_drawn() -> None:
    bar = '<span class="ltx_rule" style="width:1px;">\N{NO-BREAK SPACE}</span>'
    nbsp = "\N{NO-BREAK SPACE}"
    assert code(listing(line("for"), line(f"{nbsp}{bar}{nbsp}x"))) == "for\n │ x"


def test_the_caption_of_a_float_stands_above_its_listing() -> None:
    tag = '<span class="ltx_tag ltx_tag_float">Algorithm 1 </span>'
    caption = f'<figcaption class="ltx_caption">{tag}Tea</figcaption>'
    body = f'<figure class="ltx_float ltx_algorithm">{listing(line("boil"))}{caption}</figure>'
    assert markdown(body) == "**Algorithm 1** Tea\n\n```\nboil\n```"


def test_verbatim_text_is_left_as_it_is() -> None:
    body = (
        '<pre class="ltx_verbatim ltx_font_typewriter">\ndef f():\n    return *x* # &lt;b&gt; [y](z)\n</pre>'
    )
    assert code(body) == "def f():\n    return *x* # <b> [y](z)"


def test_a_fence_in_a_listing_does_not_end_it() -> None:
    assert (
        code('<pre class="ltx_verbatim">a\n```\n# no heading\n````\n</pre>') == "a\n```\n# no heading\n````"
    )


def test_controls_in_code_are_gone() -> None:
    assert code('<pre class="ltx_verbatim">a&#27;[31m&#x202e;b</pre>') == "a[31mb"


def test_code_within_a_line_is_code() -> None:
    inner = (
        '<span class="ltx_text ltx_lst_identifier">f_x</span><span class="ltx_text ltx_lst_space"> </span>*'
    )
    call = f'<span class="ltx_text ltx_lstlisting">{inner}</span>'
    shown = markdown(f'<p class="ltx_p">Call {call} and <code class="ltx_verbatim">`a|b`</code>.</p>')
    assert [one.text_content() for one in rendered(shown).iter("code")] == ["f_x *", "`a|b`"]
