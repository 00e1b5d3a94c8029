import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor_app.core.blocks import (
    Block,
    BlockChange,
    BlockClosed,
    BlockGrew,
    BlockKind,
    BlockOpened,
    BlockSplitter,
    Container,
    split,
)


def texts(source: str) -> list[str]:
    return [block.text for block in split(source)]


def kinds(source: str) -> list[BlockKind]:
    return [block.kind for block in split(source)]


def stream(pieces: list[str]) -> list[BlockChange]:
    """All changes, with neighbouring growth of one block made one change."""
    splitter = BlockSplitter()
    changes: list[BlockChange] = []
    for batch in (*(splitter.feed(piece) for piece in pieces), splitter.end()):
        for change in batch:
            last = changes[-1] if changes else None
            if isinstance(change, BlockGrew) and isinstance(last, BlockGrew):
                changes[-1] = BlockGrew(last.index, last.text + change.text)
            else:
                changes.append(change)
    return changes


FRAGMENTS = st.sampled_from(
    [
        "\n", "\n\n", " ", "  ", "    ", "\t", "x = 5", "Subtract 5 from both sides: \\(3x=15\\)",
        "```", "```python\n", "~~~", "`", "``", "<", "<w>", "</w>", "<think>", "</think>", "<thi",
        "</", "$$", "$", "\\[", "\\]", "\\begin{aligned}", "\\end{aligned}", "\\\\", "\\boxed{5}",
        "- ", "1. ", "12", "-", "*", "| a | b |\n", "|---|---|\n", "| 1 | 2 |\n", "|", "|x| = 3",
        "# Head", "> quote", "\r\n", "é√", "word " * 40, "x" * 300, " " * 70, "`" * 210,
    ]
)  # fmt: skip


@given(fragments=st.lists(FRAGMENTS, max_size=60), cuts=st.lists(st.integers(0, 4000)))
def test_the_cut_of_the_pieces_does_not_matter(fragments: list[str], cuts: list[int]) -> None:
    text = "".join(fragments)
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    pieces = [text[a:b] for a, b in itertools.pairwise(places)]
    assert stream(pieces) == stream([text]) == stream(list(text))


@given(fragments=st.lists(FRAGMENTS, max_size=60))
def test_every_block_opens_grows_and_closes_in_order(fragments: list[str]) -> None:
    open_index = None
    grown = ""
    expected = 0
    for change in stream(list("".join(fragments))):
        match change:
            case BlockOpened():
                assert open_index is None
                assert change.index == expected
                open_index, grown = change.index, ""
            case BlockGrew(index, text):
                assert index == open_index
                assert text
                grown += text
            case BlockClosed(index, text):
                assert (index, text) == (open_index, grown)
                open_index, expected = None, expected + 1
            case _:
                assert open_index is None
    assert open_index is None


def test_every_line_is_a_block() -> None:
    source = "Start with \\(3x+5=20\\).\nSubtract 5: \\(3x=15\\)\n\n\\boxed{5}"
    assert texts(source) == [
        "Start with \\(3x+5=20\\).",
        "Subtract 5: \\(3x=15\\)",
        "\\boxed{5}",
    ]


def test_a_line_closes_at_its_newline_not_at_the_next_line() -> None:
    changes = BlockSplitter().feed("3x = 15\n")
    assert changes[-1] == BlockClosed(0, "3x = 15")


def test_the_first_letter_is_reported_at_once() -> None:
    assert BlockSplitter().feed("S") == [
        BlockOpened(0, BlockKind.PROSE, Container.ANSWER, ""),
        BlockGrew(0, "S"),
    ]


@pytest.mark.parametrize(
    "maths",
    [
        "$$\nx = 1\n\ny = 2\n$$",
        "\\[\n3x = 15\n\\]",
        "We have \\[\nx\n\\] and so on",
        "\\begin{aligned}\nx &= 1 \\\\\ny &= 2\n\\end{aligned}",
        "\\[ \\begin{aligned}\nx \\\\[2pt]\ny\n\\end{aligned} \\]",
        "> $$\n> x\n> $$",
    ],
)
def test_open_display_maths_keeps_lines_together(maths: str) -> None:
    assert texts(f"Before\n{maths}\nAfter") == ["Before", maths, "After"]


def test_maths_marks_inside_a_code_span_open_nothing() -> None:
    assert texts("Write `\\[` first\nthen more") == ["Write `\\[` first", "then more"]


def test_unclosed_maths_does_not_swallow_the_answer() -> None:
    source = "$$\n" + "one more line of text\n" * 2_000
    assert len(split(source)) > 1_000


def test_a_fence_keeps_its_language_and_its_text_untouched() -> None:
    source = 'Look:\n```python\nfoo = "\\(bar\\)"\n\n<w>  |x|\n```\nDone'
    assert split(source)[1] == Block(
        1, BlockKind.CODE, Container.ANSWER, "python", 'foo = "\\(bar\\)"\n\n<w>  |x|'
    )
    assert texts(source)[2] == "Done"


def test_a_fence_inside_a_sentence_is_prose() -> None:
    assert kinds("```x``` is code\nnext") == [BlockKind.PROSE, BlockKind.PROSE]


def test_an_unclosed_fence_ends_with_the_text() -> None:
    assert split("```cpp\nint main() {")[0].text == "int main() {"


def test_working_is_a_block_without_its_marks() -> None:
    source = "Add: <w>7 4 3;6 8 5\n7+6+0=13>3,1</w>\n347 + 586 = 933"
    assert [(block.kind, block.text) for block in split(source)] == [
        (BlockKind.PROSE, "Add: "),
        (BlockKind.WORKING, "7 4 3;6 8 5\n7+6+0=13>3,1"),
        (BlockKind.PROSE, "347 + 586 = 933"),
    ]


def test_unclosed_working_ends_with_the_text() -> None:
    assert split("<w>1 2\n3")[0] == Block(0, BlockKind.WORKING, Container.ANSWER, "", "1 2\n3")


def test_thinking_has_its_own_container_and_shares_the_count() -> None:
    source = "<think>Perhaps\nx = 5</think>So \\(x = 5\\)"
    assert [(b.index, b.container, b.text) for b in split(source)] == [
        (0, Container.THINKING, "Perhaps"),
        (1, Container.THINKING, "x = 5"),
        (2, Container.ANSWER, "So \\(x = 5\\)"),
    ]


def test_thinking_ends_inside_an_unclosed_fence() -> None:
    blocks = split("<think>\n```\ncode\n</think>\nAnswer")
    assert [(b.container, b.text) for b in blocks] == [
        (Container.THINKING, "code"),
        (Container.ANSWER, "Answer"),
    ]


def test_a_less_than_sign_is_text() -> None:
    assert texts("x < 3 and y <z\na<") == ["x < 3 and y <z", "a<"]


def test_list_items_are_blocks_and_keep_their_continuation() -> None:
    source = "- first\n  more\n\n  still\n- second\n3. third\nplain"
    assert texts(source) == ["- first\n  more\n\n  still", "- second", "3. third", "plain"]


def test_a_table_is_one_block() -> None:
    table = "| a | b |\n|---|:-:|\n| $|x|$ | 2 |"
    assert texts(f"Look\n{table}\nafter") == ["Look", table, "after"]


def test_absolute_values_on_two_lines_are_no_table() -> None:
    assert texts("|x| = |y|\n|x| = 3\n|y| = 3") == ["|x| = |y|", "|x| = 3", "|y| = 3"]


def test_a_long_table_is_split() -> None:
    rows = [f"| {n} | {n * n} |" for n in range(500)]
    blocks = texts("\n".join(["| n | square |", "|---|---|", *rows]))
    assert max(block.count("\n") + 1 for block in blocks) == 60
    assert "\n".join(blocks).count("\n") == 501


def test_an_endless_line_is_split_at_spaces_outside_maths() -> None:
    blocks = texts("some words and \\(x + y\\) " * 1_000)
    assert len(blocks) > 5
    assert all(len(block) < 4_000 for block in blocks)
    assert all(block.count("\\(") == block.count("\\)") for block in blocks)


@pytest.mark.parametrize(
    "text",
    [
        "word " * 60_000,
        "x" * 300_000,
        "\\frac{" * 50_000,
        "<" * 300_000,
        "```\n" + "code " * 60_000,
        "- item\n" * 40_000,
        "\\[" + "x+1 " * 60_000,
        "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 30_000,
        " " * 300_000,
        "<w>" + "1 2 3\n" * 50_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_the_cost_is_linear_on_hostile_texts(text: str) -> None:
    def seconds(source: str) -> float:
        start = time.process_time()
        splitter = BlockSplitter()
        for at in range(0, len(source), 4):
            splitter.feed(source[at : at + 4])
        splitter.end()
        return time.process_time() - start

    small, large = seconds(text[: len(text) // 8]), seconds(text)
    assert large < 24 * small + 0.2  # linear is 8
