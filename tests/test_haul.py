"""What a haul's values promise: excerpts, order, numbers, and the user's text as it was."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from triage.haul import (
    Comment,
    Entry,
    Field,
    Haul,
    Verbatim,
    excerpt,
    fill,
    is_web_link,
    key_of,
    number_of,
    place_new,
    sort_key,
)

# Starts of real abstracts, each long enough that the next word shows why it was cut there.
ABSTRACTS = [
    (
        "Large language models (LLMs) are remarkable data annotators. They can be used to generate"
        " high-fidelity supervised training data,",
        "high-fidelity supervised…",
    ),
    (
        "The rise of large language models (LLMs) has unlocked various applications of this technology in"
        " software development. In particular,",
        "in software development…",
    ),
    (
        "We introduce Goat, a fine-tuned LLaMA model that significantly outperforms GPT-4 on a range of"
        " arithmetic tasks. Fine-tuned on",
        "of arithmetic tasks…",
    ),
    (
        "Fine-tuning language models (LMs) has yielded success on diverse downstream tasks, but as LMs grow"
        " in size, backpropagation requires",
        "LMs grow in size…",
    ),
    (
        "We introduce phi-1, a new large language model for code, with significantly smaller size than"
        " competing models: phi-1 is a Transformer",
        "competing models: phi-1…",
    ),
    (
        "Saying 'no' to this kind of visual content is a question of research integrity, consent, privacy and"
        " intellectual-property protection",
        "consent, privacy and…",
    ),
]


@pytest.mark.parametrize(("abstract", "end"), ABSTRACTS)
def test_an_excerpt_ends_where_a_person_cut_it(abstract: str, end: str) -> None:
    assert excerpt(abstract).endswith(end)
    assert len(excerpt(abstract)) <= 120


def test_every_excerpt_of_the_seed_could_not_be_one_word_longer(seed: str) -> None:
    shown = [line for line in seed.split("\n") if line.endswith("…")]
    assert len(shown) == 17
    for line in shown:
        assert excerpt(line[:-1] + " " + "x" * 20) == line


def test_an_abstract_of_120_characters_is_whole_and_one_of_121_is_not() -> None:
    fits = "word " * 23 + "abcde"
    assert len(fits) == 120
    assert excerpt(fits) == fits
    assert excerpt(fits + "f") == ("word " * 23).strip() + "…"


def test_the_ellipsis_may_take_the_place_of_the_punctuation_that_goes() -> None:
    head = "x" * 119
    assert excerpt(f"{head}, and more") == f"{head}…"
    assert excerpt("x" * 300) == f"{head}…"


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs", "Z", "C"]), min_size=1, max_size=30)))
def test_an_excerpt_is_a_start_of_the_abstract_within_120_characters(words: list[str]) -> None:
    abstract = " ".join(words)
    text = excerpt(abstract)
    assert len(text) <= 120
    assert text == abstract if len(abstract) <= 120 else abstract.startswith(text[:-1])


def test_entries_stand_by_title_without_regard_to_case_then_by_link() -> None:
    titles = [("apple", "z"), ("Zebra", "a"), ("apple", "b"), ("Éclair", "c"), ("BANANA", "d")]
    placed = place_new((), [Entry(link, link, title) for title, link in titles])
    assert [(one.title, one.link) for one in placed] == [
        ("apple", "b"),
        ("apple", "z"),
        ("BANANA", "d"),
        ("Zebra", "a"),
        ("Éclair", "c"),
    ]
    assert sort_key("STRASSE", "") == sort_key("straße", "")


def test_new_entries_go_before_the_first_later_title_and_an_order_made_by_hand_stays() -> None:
    by_hand = [Entry(title, title, title) for title in ("m", "z", "a")]
    placed = place_new(by_hand, [Entry("n", "n", "n"), Entry("b", "b", "b")])
    assert [one.title for one in placed] == ["b", "m", "n", "z", "a"]


@pytest.mark.parametrize(
    ("link", "key"),
    [
        ("https://arxiv.org/abs/2306.07899", "2306.07899"),
        ("http://arxiv.org/abs/2306.07899v3", "2306.07899"),
        ("https://arxiv.org/abs/hep-th/9901001", "hep-th/9901001"),
        ("https://arxiv.org/abs/nonsense", "https://arxiv.org/abs/nonsense"),
        ("https://example.org/abs/2306.07899", "https://example.org/abs/2306.07899"),
    ],
)
def test_a_card_is_known_by_its_arxiv_id_or_by_its_link(link: str, key: str) -> None:
    assert key_of(link) == key


@pytest.mark.parametrize(
    ("title", "template", "number"),
    [
        ("ML Arxiv Haul ~20", "ML Arxiv Haul ~{number}", 20),
        ("Haul 7 of 2023", "Haul {number} of 2023", 7),
        ("Haul 7 of 2023", "ML Arxiv Haul ~{number}", 2023),
        ("12 papers, haul 3, in 2024", "{count} papers, haul {number}, in 2024", 3),
        ("Notes", "ML Arxiv Haul ~{number}", None),
        ("9" * 5000, "{number}", None),
        ("٣ things", "{number}", None),
        ("4 of {x}", "{number} of {x}", 4),
    ],
)
def test_a_post_has_the_number_its_title_says(title: str, template: str, number: int | None) -> None:
    assert number_of(title, template) == number


def test_a_template_is_filled_and_other_braces_stay() -> None:
    assert fill("{count} in {{x}} and {y} {", count=3, x=1) == "3 in {1} and {y} {"


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "mailto:a@b.c",
        "http://",
        "http://[::1",
        "x",
        "https://a b",
        "https://a\n",
        "",
    ],
)
def test_nothing_but_a_web_address_is_a_link(link: str) -> None:
    assert not is_web_link(link)


FIELDS = st.builds(
    Field, st.sampled_from(["title", "draft", "x"]), st.text(), st.sampled_from(["", "title: 'a'"])
)
ENTRIES = st.lists(
    st.builds(
        Entry,
        st.text(),
        st.text(),
        st.text(),
        st.text(),
        st.text(),
        gaps=st.sampled_from([("\n\n", "\n\n", "\n\n"), ("\n", "\n\n\n", "\n")]),
    ),
    unique_by=lambda entry: entry.key,
)


@given(
    st.none() | st.integers(),
    st.lists(FIELDS),
    st.lists(st.builds(Comment, st.just(""), st.text(), st.booleans())),
    ENTRIES,
    st.builds(Verbatim, opening=st.text(), headless=st.booleans()),
)
@example(20, [], [], [Entry("b", "b", "b"), Entry("a", "a", "a")], Verbatim())
def test_a_haul_comes_back_from_the_library_as_it_was(
    number: int | None, front: list[Field], comments: list[Comment], entries: list[Entry], verbatim: Verbatim
) -> None:
    haul = Haul(number, tuple(front), tuple(comments), tuple(entries), verbatim)
    document, records = json.loads(json.dumps([haul.as_document("h"), haul.comment_documents("h")]))
    back = Haul.from_document(document, reversed(records))
    assert [(one.text, one.verbatim) for one in back.comments] == [
        (one.text, one.verbatim) for one in comments
    ]
    assert (back.number, back.front, back.entries, back.verbatim) == (
        number,
        haul.front,
        haul.entries,
        verbatim,
    )


def test_a_haul_says_what_its_front_matter_says() -> None:
    haul = Haul(
        front=(Field("title", "T"), Field(None, "# x"), Field("tags", "arxiv, ml,"), Field("snippet", "s"))
    )
    said = (haul.title, haul.value("snippet"), haul.value("tags"), haul.published_at)
    assert said == ("T", "s", "arxiv, ml,", "")
    stamped = haul.with_value("published_at", "now").with_value("title", "U")
    assert [field.value for field in stamped.front] == ["U", "# x", "arxiv, ml,", "s", "now"]


@pytest.fixture
def seed() -> str:
    path = Path(__file__).parents[2] / "shared" / "seed" / "000_19ccb1c8a3744eca.txt"
    if not path.exists():
        pytest.skip("the seed is not beside this checkout (../shared)")
    return path.read_bytes().decode()
