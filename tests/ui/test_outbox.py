from tutor_app.ui.operations import AddText, Announce, Clear, CloseBlock, SetTheme
from tutor_app.ui.outbox import Outbox


def test_waiting_text_of_one_block_is_merged() -> None:
    outbox = Outbox()
    outbox.add([AddText("a", "x"), AddText("a", "y"), AddText("b", "z"), AddText("a", "!")])
    assert outbox.take() == [AddText("a", "xy"), AddText("b", "z"), AddText("a", "!")]
    assert outbox.is_empty


def test_clearing_forgets_what_waits() -> None:
    outbox = Outbox()
    outbox.add([AddText("a", "x"), Clear(), SetTheme("dark")])
    assert outbox.take() == [Clear(), SetTheme("dark")]


def test_a_new_page_gets_everything_since_the_last_clearing_once() -> None:
    outbox = Outbox()
    outbox.add([Clear(), AddText("a", "x")])
    outbox.take()
    outbox.add([AddText("a", "y"), Announce("done"), CloseBlock("a")])
    outbox.rewind()
    assert outbox.take() == [Clear(), AddText("a", "xy"), CloseBlock("a")]


def test_a_batch_is_bounded() -> None:
    outbox = Outbox()
    outbox.add(CloseBlock(str(n)) for n in range(1_000))
    assert outbox.is_behind
    assert len(outbox.take()) == 400
    outbox.add([AddText("a", "x" * 1_000_000), AddText("b", "y")])
    while not outbox.is_empty:
        last = outbox.take()
    assert last == [AddText("b", "y")]
