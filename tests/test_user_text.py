"""What the user's own text loses when it is stored: line ends of another kind, blank lines at its ends."""

from hypothesis import given
from hypothesis import strategies as st

from triage.user_text import user_text


def test_the_users_text_loses_blank_lines_at_its_ends_and_nothing_else() -> None:
    assert user_text("\r\n \n  a\u200a b  \r\n\r\n<br/>\r\n\t\n") == "  a\u200a b  \n\n<br/>"
    assert user_text(" \n\t") == ""


@given(st.text(st.sampled_from("a \t\n\u200a-")))
def test_the_users_text_is_the_same_when_stored_twice(text: str) -> None:
    assert user_text(user_text(text)) == user_text(text)
    assert user_text(text.replace("\n", "\r\n")) == user_text(text)
