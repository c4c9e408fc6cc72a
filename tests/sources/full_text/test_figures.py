"""Figures by their captions, with those of their panels."""

from tests.sources.full_text.pages import markdown, math, rendered, seen


def caption(label: str, text: str) -> str:
    tag = f'<span class="ltx_tag ltx_tag_figure">{label}</span>'
    return f'<figcaption class="ltx_caption">{tag}{text}</figcaption>'


def panel(label: str, text: str) -> str:
    return (
        '<div class="ltx_flex_cell"><figure class="ltx_figure ltx_figure_panel">'
        '<img src="a.png" alt="Refer to caption">'
        f"{caption(label, text)}</figure></div>"
    )


def test_a_figure_is_its_caption_set_apart() -> None:
    told = caption("Figure 2: ", f"Tea, {math('x_1')}.")
    shown = markdown(f'<figure class="ltx_figure"><img alt="Refer to caption">{told}</figure>')
    assert shown == "> **Figure 2:** Tea, x₁."


def test_the_captions_of_panels_are_a_list_below_that_of_the_figure() -> None:
    panels = f'<div class="ltx_flex_figure">{panel("(a) ", "Left")}{panel("(b) ", "Right")}</div>'
    shown = rendered(
        markdown(f'<figure class="ltx_figure">{panels}{caption("Figure 1: ", "Both.")}</figure>')
    )
    (quote,) = shown.iter("blockquote")
    assert [seen_of.text_content() for seen_of in quote.iter("li")] == ["(a) Left", "(b) Right"]
    assert " ".join(quote.text_content().split()) == "Figure 1: Both. (a) Left (b) Right"


def test_a_caption_that_the_page_gives_above_and_below_is_told_once() -> None:
    told = caption("Figure 1: ", "Both.")
    panels = f'<div class="ltx_flex_figure">{panel("(a) ", "Left")}{panel("(b) ", "Right")}</div>'
    shown = markdown(f'<figure class="ltx_figure">{told}{panels}{told}</figure>')
    assert seen(shown) == "Figure 1: Both. (a) Left (b) Right"


def test_words_in_a_figure_are_kept_with_it() -> None:
    inside = f'<p class="ltx_p">Left side</p><img>{caption("Figure 3: ", "Two.")}'
    assert markdown(f'<figure class="ltx_figure">{inside}</figure>') == "> **Figure 3:** Two.\n>\n> Left side"


def test_a_picture_without_a_caption_is_nothing() -> None:
    assert (
        markdown('<figure class="ltx_figure"><img alt="[Uncaptioned image]"></figure><p>Text.</p>') == "Text."
    )


def test_the_labels_of_a_drawing_are_not_told_but_a_text_in_a_frame_is() -> None:
    labels = (
        "<svg class='ltx_picture'><g><foreignObject><span class='ltx_p'>0.5</span></foreignObject></g></svg>"
    )
    frame = (
        "<svg class='ltx_picture'><g><foreignObject><span class='ltx_inline-block'><span class='ltx_p'>"
        "A box with a few words.</span></span></foreignObject></g></svg>"
    )
    assert seen(markdown(f"<p>Before.</p>{labels}{frame}")) == "Before. A box with a few words."
