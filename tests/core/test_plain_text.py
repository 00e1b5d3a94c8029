import pytest

from tutor_app.core.plain_text import plain_text


@pytest.mark.parametrize("text", ["", "a\tb\nc", "größe × 3 → ∞", "日本語", "x<b>y</b>", "😀"])
def test_ordinary_text_stays(text: str) -> None:
    assert plain_text(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "␛[31mred"),
        ("\x00\x07\x08", "␀␇␈"),
        ("\x7f", "␡"),
        ("\x9b2J", "\\u009b2J"),
        ("\u202efdp", "\\u202efdp"),
        ("\u2066\u200b\ufeff", "\\u2066\\u200b\\ufeff"),
        ("a\r\nb", "a\nb"),
        ("over\rwritten", "over␍written"),
    ],
)
def test_what_a_screen_would_obey_is_shown(text: str, shown: str) -> None:
    assert plain_text(text) == shown
