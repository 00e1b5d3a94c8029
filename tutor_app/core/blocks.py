r"""Cuts an answer's text into blocks while it is being written: the only authority on that cut.

Outside code fences, tables, open display maths and list items every line is a block of its own,
because every line gets its own sign. The cost is O(new text), and the result does not depend on
how the text was cut into pieces: every decision is taken at a place in the *text*, never at the
end of a piece, so the beginning of a line is held back until it can be decided.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block holds."""

    PROSE = "prose"
    CODE = "code"
    WORKING = "working"


class Container(StrEnum):
    """Where a block stands."""

    ANSWER = "answer"
    THINKING = "thinking"


@dataclass(frozen=True, slots=True)
class Block:
    """One complete block.

    Attributes:
        index: 0, 1, 2… over the whole answer.
        kind: what it holds.
        container: where it stands.
        lang: the fence's language for code, else empty.
        text: its source; for code and working without the marks around it.
    """

    index: int
    kind: BlockKind
    container: Container
    lang: str
    text: str


@dataclass(frozen=True, slots=True)
class BlockOpened:
    """A block begins; the one before is closed."""

    index: int
    kind: BlockKind
    container: Container
    lang: str


@dataclass(frozen=True, slots=True)
class BlockGrew:
    """Text was added to the open block."""

    index: int
    text: str


@dataclass(frozen=True, slots=True)
class BlockClosed:
    """A block will not change any more.

    Attributes:
        index: which one.
        text: its full source.
        is_complete: False for code whose closing marks never came.
    """

    index: int
    text: str
    is_complete: bool = True


@dataclass(frozen=True, slots=True)
class ThinkingOpened:
    """The blocks that follow are thinking."""


@dataclass(frozen=True, slots=True)
class ThinkingClosed:
    """The blocks that follow are the answer again."""


BlockChange = BlockOpened | BlockGrew | BlockClosed | ThinkingOpened | ThinkingClosed

_SOFT_LIMIT = 1_200  # characters of a list item after which a new line begins a new block
_HARD_LIMIT = 2_500  # characters of one line after which the next fitting space splits it
_HARD_RETRY = 200
_MATHS_LIMIT = 6_000  # unclosed display maths never swallows the rest of an answer
_TABLE_ROWS = 60  # rendering a table costs O(rows) at every update
_INDENT_LIMIT = 64
_INFO_LIMIT = 200
_SLICE = 2_048  # of a long piece: cutting lines off its front must not cost O(its length)

_TAGS = ("<think>", "</think>", "<w>", "</w>")
_FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*([\w+#.-]*)([^\n]*)\Z")
_LIST_MARK = re.compile(r"(?:[-*+]|\d{1,4}[.)])[ \t]")
_MAYBE_LIST_MARK = re.compile(r"(?:[-*+]|\d{1,4}[.)]?)\Z")
_TABLE_RULE = re.compile(r"\|[ \t]{0,20}:?-")
_MAYBE_TABLE_RULE = re.compile(r"\|[ \t]{0,20}:?\Z")
_TABLE_HEAD = re.compile(r"\|.*\|\Z", re.DOTALL)
_MATHS_OPENER = re.compile(r"\\\\|\\\$|\$\$|\\\[|\\begin\{([a-zA-Z]+\*?)\}")
_CODE_SPAN = re.compile(r"`[^`\n]*`")
_DOLLAR = re.compile(r"(?<!\\)\$")
_LINE_STOP = re.compile(r"[\n<]")


def _could_be_tag(text: str) -> bool:
    return any(tag.startswith(text) and tag != text for tag in _TAGS)


def _tag_at(text: str, start: int) -> str:
    return next((tag for tag in _TAGS if text.startswith(tag, start)), "")


def _is_balanced(text: str) -> bool:
    return (
        text.count("`") % 2 == 0
        and text.count("\\(") <= text.count("\\)")
        and len(_DOLLAR.findall(text)) % 2 == 0
    )


class BlockSplitter:
    """Takes an answer piece by piece and reports how its blocks change."""

    def __init__(self) -> None:
        self._held = ""  # text whose meaning is not decided yet; always short between calls
        self._is_ending = False
        self._changes: list[BlockChange] = []
        self._next_index = 0
        self._container = Container.ANSWER
        self._kind: BlockKind | None = None  # of the open block
        self._parts: list[str] = []
        self._size = 0
        self._line_part = 0  # index in _parts where the current line begins
        self._newlines = 0  # seen, but only written if another line joins the block
        self._is_in_line = False
        self._fence = ""
        self._maths_closer = ""
        self._is_list_item = False
        self._table_rows = 0
        self._next_split = _HARD_LIMIT

    def feed(self, piece: str) -> list[BlockChange]:
        """Take the next piece of text, of any length."""
        text = piece.replace("\r", "")
        for start in range(0, len(text), _SLICE):
            self._held += text[start : start + _SLICE]
            while self._held and self._advance():
                pass
        return self._take()

    def end(self) -> list[BlockChange]:
        """The text is complete: decide what is still held and close what is open."""
        self._is_ending = True
        while self._held and self._advance():
            pass
        self._held = ""
        self._close()
        self._leave_thinking()
        return self._take()

    def _take(self) -> list[BlockChange]:
        changes, self._changes = self._changes, []
        return changes

    def _advance(self) -> bool:
        """Consume some of the held text; False if more text is needed to decide."""
        if self._kind is BlockKind.WORKING:
            return self._advance_working()
        if self._fence:
            return self._advance_code()
        return self._advance_line() if self._is_in_line else self._begin_line()

    # -- blocks

    def _open(self, kind: BlockKind, lang: str = "") -> None:
        self._close()
        self._kind = kind
        self._parts = []
        self._size = 0
        self._line_part = 0
        self._next_split = _HARD_LIMIT
        self._changes.append(BlockOpened(self._next_index, kind, self._container, lang))

    def _grow(self, text: str) -> None:
        if not text:
            return
        self._parts.append(text)
        self._size += len(text)
        last = self._changes[-1] if self._changes else None
        if isinstance(last, BlockGrew):  # can only be the open block's
            self._changes[-1] = BlockGrew(last.index, last.text + text)
        else:
            self._changes.append(BlockGrew(self._next_index, text))

    def _close(self, *, is_fenced: bool = False) -> None:
        if self._kind is not None:
            is_complete = is_fenced or self._kind is not BlockKind.CODE
            text = "".join(self._parts)
            self._changes.append(BlockClosed(self._next_index, text, is_complete))
            self._next_index += 1
        self._kind = None
        self._fence = ""
        self._maths_closer = ""
        self._newlines = 0
        self._is_list_item = False
        self._table_rows = 0

    def _leave_thinking(self) -> None:
        if self._container is Container.THINKING:
            self._container = Container.ANSWER
            self._changes.append(ThinkingClosed())

    def _apply_tag(self, tag: str) -> None:
        if tag == "</w>":
            return  # nothing was open: the mark is dropped
        self._close()
        self._is_in_line = False
        if tag == "<w>":
            self._open(BlockKind.WORKING)
        elif tag == "</think>":
            self._leave_thinking()
        elif self._container is Container.ANSWER:
            self._container = Container.THINKING
            self._changes.append(ThinkingOpened())

    # -- the beginning of a line of prose

    def _begin_line(self) -> bool:
        held = self._held
        front = held[:_INDENT_LIMIT]
        indent_end = len(front) - len(front.lstrip(" \t"))
        if indent_end == len(held) and not self._is_ending:
            return False
        indent, rest = held[:indent_end], held[indent_end:]
        if rest.startswith("\n") or not rest:
            self._held = rest[1:]
            self._pass_blank_line()
            return True
        if rest[0] == "<":
            tag = _tag_at(rest, 0)
            if tag:
                self._held = rest[len(tag) :]
                self._apply_tag(tag)
                return True
            if not self._is_ending and _could_be_tag(rest):
                return False
        if rest[0] in "`~":
            decided = self._begin_fence(rest)
            if decided is not None:
                return decided
        return self._begin_prose(indent, rest)

    def _pass_blank_line(self) -> None:
        if self._kind is None:
            return
        if self._maths_closer or self._is_list_item:
            self._newlines += 1
        else:
            self._close()

    def _begin_fence(self, rest: str) -> bool | None:
        """True: a fence began. False: not decidable yet. None: it is no fence."""
        mark = rest[0]
        run = len(rest) - len(rest.lstrip(mark))
        if run < 3:
            return False if run == len(rest) and not self._is_ending else None
        line_end = rest.find("\n")
        if line_end < 0 and not self._is_ending and len(rest) < _INFO_LIMIT:
            return False
        line = rest if line_end < 0 else rest[:line_end]
        match = _FENCE.match(line) if len(line) < _INFO_LIMIT else None
        if match is None or (mark == "`" and "`" in match.group(3)):
            return None  # such as ```x``` inside a sentence
        self._held = rest[len(line) + 1 :]
        self._open(BlockKind.CODE, match.group(2))
        self._fence = match.group(1)
        return True

    def _begin_prose(self, indent: str, rest: str) -> bool:
        if not self._is_ending:
            if _MAYBE_LIST_MARK.match(rest):
                return False
            if self._table_rows == 1 and _MAYBE_TABLE_RULE.match(rest):
                return False
        if self._kind is not None and self._joins(indent, rest):
            self._grow("\n" * self._newlines + indent)
            self._newlines = 0
            self._line_part = len(self._parts)
            self._is_in_line = True
            self._held = rest
            return True
        is_long_table = self._table_rows >= _TABLE_ROWS and self._newlines == 1 and rest[0] == "|"
        self._open(BlockKind.PROSE)
        self._table_rows = 2 if is_long_table else 0  # head and rule stay in the first part
        self._is_list_item = len(indent) < 4 and _LIST_MARK.match(rest) is not None
        self._is_in_line = True
        self._held = rest
        return True

    def _joins(self, indent: str, rest: str) -> bool:
        if self._maths_closer:
            return self._size <= _MATHS_LIMIT
        if self._table_rows:
            if self._newlines != 1 or rest[0] != "|" or self._table_rows >= _TABLE_ROWS:
                return False
            return self._table_rows > 1 or _TABLE_RULE.match(rest) is not None
        width = len(indent.expandtabs(4))
        return self._is_list_item and width >= 2 and self._size <= _SOFT_LIMIT

    # -- the rest of a line of prose

    def _advance_line(self) -> bool:
        stop = _LINE_STOP.search(self._held)
        end = stop.start() if stop else len(self._held)
        if end:
            self._write_line(self._held[:end])
            return bool(self._held)
        if self._held[0] == "\n":
            self._held = self._held[1:]
            self._end_line()
            return True
        tag = _tag_at(self._held, 0)
        if tag:
            self._held = self._held[len(tag) :]
            self._apply_tag(tag)
            return True
        if _could_be_tag(self._held) and not self._is_ending:
            return False
        self._write_line("<")
        return True

    def _write_line(self, text: str) -> None:
        """Write the beginning of `text`, as far as the next place where a block may split."""
        if self._kind is None:  # the line was split just before
            self._open(BlockKind.PROSE)
        room = self._next_split - self._size
        if room > 0:
            text = text[:room]
        else:
            space = text.find(" ")
            limit = 4 * _HARD_LIMIT - self._size
            text = text[: space + 1 if 0 <= space < limit else max(limit, 1)]
        self._held = self._held[len(text) :]
        self._grow(text)
        if room <= 0 and (text.endswith(" ") or self._size >= 4 * _HARD_LIMIT):
            self._try_split()

    def _try_split(self) -> None:
        source = "".join(self._parts)
        line = "".join(self._parts[self._line_part :])
        is_runaway = self._size >= 3 * _HARD_LIMIT
        closer = self._closer_after(line)
        if not is_runaway and (closer or self._table_rows or not _is_balanced(source)):
            self._next_split = self._size + _HARD_RETRY
            return
        self._close()

    def _closer_after(self, line: str) -> str:
        """What would close the display maths open at the end of `line`; empty if none is."""
        closer = self._maths_closer
        if not closer:
            line = _CODE_SPAN.sub("", line)
        at = 0
        while True:
            if closer:
                found = line.find(closer, at)
                if found < 0:
                    return closer
                at = found + len(closer)
                closer = ""
            match = _MATHS_OPENER.search(line, at)
            if match is None:
                return ""
            at = match.end()
            if match.group(1):
                closer = f"\\end{{{match.group(1)}}}"
            else:
                closer = {"$$": "$$", "\\[": "\\]"}.get(match.group(), "")

    def _end_line(self) -> None:
        self._is_in_line = False
        if self._kind is None:
            return
        line = "".join(self._parts[self._line_part :])
        had_maths = bool(self._maths_closer)
        self._maths_closer = self._closer_after(line)
        if self._table_rows or (not had_maths and _TABLE_HEAD.match(line.strip())):
            self._table_rows += 1
        if self._maths_closer or self._is_list_item or self._table_rows:
            self._newlines = 1
        else:
            self._close()

    # -- code and working

    def _advance_code(self) -> bool:
        if self._is_in_line:
            return self._advance_code_line()
        line_end = self._held.find("\n")
        line = self._held if line_end < 0 else self._held[:line_end]
        is_whole = line_end >= 0 or self._is_ending
        text = line.strip()
        if self._container is Container.THINKING:
            if text.startswith("</think>"):
                self._held = self._held[self._held.index("</think>") + len("</think>") :]
                self._apply_tag("</think>")
                return True
            if not is_whole and text and "</think>".startswith(text):
                return False
        mark = self._fence[0]
        if not text.strip(mark) and len(line) < _INFO_LIMIT:  # blank, or marks alone
            if not is_whole:
                return False
            if len(text) >= len(self._fence):
                self._held = self._held[len(line) + 1 :]
                self._close(is_fenced=True)
                return True
        self._is_in_line = True
        return True

    def _advance_code_line(self) -> bool:
        line_end = self._held.find("\n")
        text = self._held if line_end < 0 else self._held[:line_end]
        self._grow("\n" * self._newlines + text)
        self._newlines = 0
        self._held = self._held[len(text) + 1 :]
        if line_end >= 0:
            self._newlines = 1
            self._is_in_line = False
        return True

    def _advance_working(self) -> bool:
        held = self._held
        if not self._parts and held[0] == "\n":
            self._held = held[1:]
            return True
        at = held.find("<")
        if at:
            self._grow(held if at < 0 else held[:at])
            self._held = "" if at < 0 else held[at:]
            return True
        tag = _tag_at(held, 0)
        if tag == "</w>":
            self._close()
            self._held = held[len(tag) :]
        elif tag == "</think>" and self._container is Container.THINKING:
            self._held = held[len(tag) :]
            self._apply_tag(tag)
        elif not tag and _could_be_tag(held) and not self._is_ending:
            return False
        else:
            self._grow("<")
            self._held = held[1:]
        return True


def split(text: str) -> tuple[Block, ...]:
    """The blocks of a complete text."""
    splitter = BlockSplitter()
    opened: dict[int, BlockOpened] = {}
    blocks: list[Block] = []
    for change in (*splitter.feed(text), *splitter.end()):
        match change:
            case BlockOpened():
                opened[change.index] = change
            case BlockClosed(index, source):
                start = opened[index]
                blocks.append(Block(index, start.kind, start.container, start.lang, source))
            case _:
                pass
    return tuple(blocks)
