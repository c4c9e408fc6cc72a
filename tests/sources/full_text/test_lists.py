"""Lists, descriptions and bibliographies."""

from tests.sources.full_text.pages import links, markdown, para, parts, rendered, section, seen


def item(label: str, *texts: str, anchor: str = "S1.I1.i1") -> str:
    tag = f'<span class="ltx_tag ltx_tag_item">{label}</span> ' if label else ""
    return f'<li id="{anchor}" class="ltx_item">\n{tag}{"".join(map(para, texts))}</li>'


def test_items_have_one_bullet_and_not_the_pages_too() -> None:
    shown = markdown(f'<ul class="ltx_itemize">{item("•", "one")}{item("•", "two", "more")}</ul>')
    assert shown == "- one\n- two\n\n  more"


def test_numbers_are_numbers_and_other_labels_stay() -> None:
    numbered = markdown(f'<ol class="ltx_enumerate">{item("3.", "three")}{item("4.", "four")}</ol>')
    assert numbered == "3. three\n4. four"
    lettered = markdown(f'<ol class="ltx_enumerate">{item("(a)", "alpha")}{item("★", "star")}</ol>')
    assert lettered == "- (a) alpha\n- ★ star"


def test_a_list_within_an_item_is_indented() -> None:
    inner = f'<ol class="ltx_enumerate">{item("1.", "in")}</ol>'
    shown = rendered(markdown(f'<ul class="ltx_itemize"><li class="ltx_item">{para("out")}{inner}</li></ul>'))
    (outer,) = shown.findall("ul")
    assert outer[0][-1].tag == "ol"


def test_a_list_of_a_plain_page_is_numbered_by_its_places() -> None:
    assert markdown("<ol><li>a</li><li>b</li></ol>") == "1. a\n2. b"


def test_a_description_is_a_list_of_bold_terms() -> None:
    shown = markdown(
        '<dl class="ltx_description"><dt class="ltx_item"><span class="ltx_tag ltx_tag_item">Tea</span></dt>'
        f'<dd class="ltx_item">{para("Hot.")}{para("Good.")}</dd><dt>Coffee</dt><dd>Black.</dd></dl>'
    )
    assert shown == "- **Tea:** Hot.\n\n  Good.\n- **Coffee:** Black."


def entry(number: int, label: str, text: str) -> str:
    return (
        f'<li id="bib.bib{number}" class="ltx_bibitem">'
        f'<span class="ltx_tag ltx_role_refnum ltx_tag_bibitem">{label}</span>\n'
        f'<span class="ltx_bibblock"> A. Author. </span>\n<span class="ltx_bibblock">{text}</span></li>'
    )


def bibliography(*entries: str) -> str:
    return (
        '<section id="bib" class="ltx_bibliography"><h2 class="ltx_title">References</h2>'
        f'<ul class="ltx_biblist">{"".join(entries)}</ul></section>'
    )


def test_citations_lead_to_the_lines_of_the_bibliography() -> None:
    cite = '<cite class="ltx_cite">[<a href="#bib.bib2" class="ltx_ref">2</a>]</cite>'
    text, books = parts(
        section(para(f"See {cite}.")) + bibliography(entry(1, "[1]", "One."), entry(2, "[2]", "Two."))
    )
    assert list(links(text.markdown)) == [("2", "#bib.bib2")]
    assert seen(text.markdown) == "See [2]."
    assert books.markdown == "1. A. Author. One.\n2. A. Author. Two."
    assert books.targets == (("bib.bib2", 1),)


def test_entries_named_by_author_and_year_keep_their_names() -> None:
    (books,) = parts(bibliography(entry(1, "Knuth (1984)", "One.")))
    assert books.markdown == "- **Knuth (1984)** A. Author. One."


def test_a_citation_that_a_style_left_a_comma_in_reads_well() -> None:
    cite = '<cite class="ltx_cite">(<a href="#b1">key1, </a>; <a href="#b2">key2, </a>)</cite>'
    assert seen(markdown(para(cite))) == "(key1; key2)"


def test_a_list_within_a_line_is_a_list_too() -> None:
    inner = '<span class="ltx_para"><span class="ltx_p">one</span></span>'
    tag = '<span class="ltx_tag ltx_tag_item">•</span> '
    spans = f'<span class="ltx_itemize">\n<span class="ltx_item">{tag}{inner}</span>\n</span>'
    assert markdown(para(f"Before {spans} after.")) == "Before\n\n- one\n\nafter."
