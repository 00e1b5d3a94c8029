"""Text to tokens, LaTeX and plain alike. A sign, word or command it does not know is refused."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from tutor_app.verify import vocabulary
from tutor_app.verify.limits import LITERAL_DIGITS, TEXT_CHARS, Unreadable
from tutor_app.verify.spelling import braced_rows, full_width, repeating_decimals


class Kind(Enum):
    """What a token is."""

    NUMBER = auto()
    SYMBOL = auto()
    CONSTANT = auto()
    FUNCTION = auto()
    OPERATOR = auto()
    COMMAND = auto()
    DIFFERENTIAL = auto()
    DERIVATIVE = auto()
    JOINER = auto()
    OF = auto()
    BEGIN = auto()
    FINISH = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    r"""One word of the input.

    Attributes:
        kind: what it is.
        text: its normal form: `*` for `\cdot`, `x` for `\mathit{x}`.
        is_spaced: white space stood before it.
        sign: `dot` or `cross` where a product sign can join two vectors.
    """

    kind: Kind
    text: str
    is_spaced: bool = False
    sign: str = ""


_SPACE: Final = re.compile(r"(?:\s|\\[,;!: ]|~|\\q?quad(?![A-Za-z]))+")
_GROUPED: Final = re.compile(r"[1-9]\d{0,2}(?:(?:,|\{,\}|\\,)\d{3})+(?![\d])(?:\.\d+)?")
_NUMBER: Final = re.compile(r"(?:\d+\.\d+|\.\d+|\d+)(?:[eE]\d+(?![A-Za-z\d]))?")
_REPEATING: Final = re.compile(r"(\d*)\.(\d*)\\overline\{(\d+)\}")
_ENVIRONMENT: Final = re.compile(r"\\(begin|end)\s*\{([A-Za-z]+\*?)\}(?:\s*(\{[lcr\s]*\}))?")
_ROW_END: Final = re.compile(r"\\\\(?:\[-?[\d.]+[a-z]{2}\])?")
_ENTRY: Final = r"-?\d+(?:\.\d+)?(?:/\d+)?"
_SPACED_ROWS: Final = re.compile(
    rf"\[\s*{_ENTRY}(?:\s+{_ENTRY})+\s*(?:;\s*{_ENTRY}(?:\s+{_ENTRY})+\s*)+\]"
)
_LETTERS: Final = re.compile(r"[A-Za-z]+")
_BEHIND_SIGN: Final = re.compile(r"(?:[-+*/=({]\s*|[\d)}])$")
_BEFORE_SIGN: Final = re.compile(r"\s*(?:[-+*/=^)}]|$)")
_COMMAND: Final = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_OPERATOR: Final = re.compile(r"<=|>=|!=|\*\*|->|==|[-+*/÷^_!'%,;|=<>()\[\]{}°&]")
_BRACED: Final = re.compile(r"\s*\{([^{}]*)\}")
_D: Final = r"(?:d|\\mathrm\{d\}|\\mathrm d)"
_DERIVATIVE: Final = re.compile(
    rf"\\[dt]?frac\s*\{{\s*{_D}\s*([A-Za-z]?)\s*\}}\s*\{{\s*{_D}\s*([a-z])\s*\}}"
    r"|(?<![A-Za-z0-9)])d([A-Za-z]?)/d([a-z])(?![A-Za-z])"
)
_LISTING_FUNCTIONS: Final = frozenset({"gcd", "lcm", "mod"})
_NORMAL_OPERATORS: Final = {"**": "^", "==": "=", "->": "→", "°": "°"}
_PLAIN_COMMANDS: Final = {
    "frac": "frac", "dfrac": "frac", "tfrac": "frac", "cfrac": "frac", "binom": "binom",
    "dbinom": "binom", "tbinom": "binom", "int": "int", "emptyset": "emptyset",
    "varnothing": "emptyset", "sum": "sum", "prod": "prod",
}  # fmt: skip
_SUPERSCRIPT_RUN: Final = re.compile(f"[{vocabulary.SUPERSCRIPTS}]+")


_SUBSCRIPT_RUN: Final = re.compile(f"[{vocabulary.SUBSCRIPTS}]+")


def _replace_signs(text: str) -> str:
    text = braced_rows(repeating_decimals(full_width(text)))
    table = str.maketrans(vocabulary.SUPERSCRIPTS, vocabulary.SUPERSCRIPT_VALUES)
    text = _SUPERSCRIPT_RUN.sub(lambda run: "^{" + run.group().translate(table) + "}", text)
    table = str.maketrans(vocabulary.SUBSCRIPTS, vocabulary.SUBSCRIPT_VALUES)
    text = _SUBSCRIPT_RUN.sub(lambda run: "_{" + run.group().translate(table) + "}", text)
    for sign, replacement in vocabulary.SIGNS.items():
        text = text.replace(sign, replacement)
    return text


class Lexer:
    """Cuts one text into tokens."""

    def __init__(self, text: str) -> None:
        if len(text) > TEXT_CHARS:
            raise Unreadable(f"the text is longer than {TEXT_CHARS} characters")
        self._text = _replace_signs(text)
        self._at = 0
        self._tokens: list[Token] = []
        self._is_spaced = False
        self._open_integrals = 0
        self._brackets: list[bool] = []  # whether commas part arguments there

    def tokens(self) -> tuple[Token, ...]:
        """All tokens, the last one of kind END.

        Raises:
            Unreadable: a sign, word or command is not known.
        """
        while self._at < len(self._text):
            space = _SPACE.match(self._text, self._at)
            if space:
                self._at = space.end()
                self._is_spaced = True
                continue
            self._take_one()
        self._add(Kind.END, "")
        return tuple(self._tokens)

    def _add(self, kind: Kind, text: str, sign: str = "") -> None:
        self._tokens.append(Token(kind, text, self._is_spaced, sign))
        self._is_spaced = False

    def _take_one(self) -> None:
        derivative = _DERIVATIVE.match(self._text, self._at)
        if derivative:
            self._at = derivative.end()
            top = derivative.group(1) or derivative.group(3) or ""
            bottom = derivative.group(2) or derivative.group(4)
            self._add(Kind.DERIVATIVE, f"{top},{bottom}")
            return
        char = self._text[self._at]
        if char.isascii() and (char.isdigit() or char == "."):
            self._take_number()
        elif char.isascii() and char.isalpha():
            self._take_letters()
        elif char == "\\":
            self._take_command()
        else:
            self._take_operator()

    def _take_number(self) -> None:
        # In gcd(252,198) the comma parts two numbers; elsewhere it groups thousands.
        grouped = () if self._brackets and self._brackets[-1] else (_GROUPED,)
        for pattern in (_REPEATING, *grouped, _NUMBER):
            found = pattern.match(self._text, self._at)
            if found:
                break
        else:
            raise Unreadable("a point stands without digits around it")
        if re.match(r"[eE][+-]\d", self._text[found.end() :]):
            raise Unreadable(
                f"“{found.group()}e…” can mean a power of ten or the number e", is_ambiguous=True
            )
        if sum(char.isdigit() for char in found.group()) > LITERAL_DIGITS:
            raise Unreadable(f"a number has more than {LITERAL_DIGITS} digits")
        self._at = found.end()
        self._add(Kind.NUMBER, found.group())

    def _take_letters(self) -> None:
        found = _LETTERS.match(self._text, self._at)
        assert found is not None
        self._at = found.end()
        word = found.group()
        if self._is_times_sign(word):
            self._add(Kind.OPERATOR, "*")
            return
        if self._open_integrals and len(word) >= 2 and word[-2] == "d":
            if len(word) > 2:
                self._add_word(word[:-2])
            self._open_integrals -= 1
            self._add(Kind.DIFFERENTIAL, word[-1])
            return
        self._add_word(word)

    def _is_times_sign(self, word: str) -> bool:
        # "7 x 12": a number may not follow a letter, so there is no second reading.
        return (
            word in {"x", "X"}
            and self._is_spaced
            and bool(self._tokens)
            and self._tokens[-1].kind is Kind.NUMBER
            and bool(re.match(r"\s+\$?\d", self._text[self._at :]))
        )

    def _add_word(self, word: str) -> None:
        kind = _word_kind(word)
        if kind is not None:
            self._add(kind, _normal_word(word))
            return
        follows_bracket = self._text[self._at : self._at + 1] == "("
        if word in vocabulary.MATRIX_FUNCTIONS and follows_bracket:
            self._add(Kind.FUNCTION, vocabulary.MATRIX_FUNCTIONS[word])
            return
        hides_function = any(name in word for name in vocabulary.FUNCTIONS)
        is_english = word in vocabulary.ENGLISH and not self._is_letter_pair(word)
        if len(word) > 3 or is_english or follows_bracket or hides_function:
            raise Unreadable(f"I do not know the word “{word}”")
        for letter in word:
            letter_kind = _word_kind(letter)
            assert letter_kind is not None
            self._add(letter_kind, letter)

    def _is_letter_pair(self, word: str) -> bool:
        """Whether a word such as "at" stands among signs, where no English word can stand."""
        if word not in vocabulary.LETTER_PAIRS or not _BEFORE_SIGN.match(self._text, self._at):
            return False
        start = self._at - len(word)
        if _BEHIND_SIGN.search(self._text, 0, start):
            return True
        return not self._text[:start].strip() and bool(self._text[self._at :].strip())

    def _take_command(self) -> None:
        found = _COMMAND.match(self._text, self._at)
        if not found:
            raise Unreadable("a backslash stands alone")
        name = found.group(1)
        if name in {"begin", "end", "\\"}:
            self._take_environment(name)
            return
        self._at = found.end()
        if name in vocabulary.SKIPPED_COMMANDS:
            self._is_spaced = True
            if name in {"left", "right"} and self._text[self._at : self._at + 1] == ".":
                raise Unreadable("a bracket has no partner")
        elif name in vocabulary.OPERATOR_COMMANDS:
            sign = vocabulary.VECTOR_PRODUCTS.get(name, "")
            self._add(Kind.OPERATOR, vocabulary.OPERATOR_COMMANDS[name], sign)
        elif name in vocabulary.LETTERED_COMMANDS | vocabulary.TEXT_COMMANDS:
            self._take_text(name)
        elif name in _PLAIN_COMMANDS:
            self._open_integrals += name == "int"
            self._add(Kind.COMMAND, _PLAIN_COMMANDS[name])
        elif name == "mathbb":
            self._take_blackboard()
        else:
            kind = _word_kind(name)
            if kind is None or kind in {Kind.JOINER, Kind.OF}:
                raise Unreadable(f"I do not know the command \\{name}")
            self._add(kind, _normal_word(name))

    def _take_environment(self, name: str) -> None:
        pattern = _ROW_END if name == "\\" else _ENVIRONMENT
        found = pattern.match(self._text, self._at)
        if not found:
            raise Unreadable(f"\\{name} has no name in braces")
        self._at = found.end()
        if name == "\\":
            self._add(Kind.OPERATOR, "\\\\")
            return
        environment = found.group(2)
        if environment == "array" and name == "begin" and found.group(3) is None:
            raise Unreadable("I do not know this kind of array")
        if environment != "array" and found.group(3) is not None:
            self._at = found.start(3)
        self._add(Kind.BEGIN if name == "begin" else Kind.FINISH, environment)

    def _take_spaced_rows(self, rows: str) -> None:
        """`[1 2; 3 4]`: a matrix whose entries are parted by spaces."""
        self._add(Kind.BEGIN, "bmatrix")
        for k, row in enumerate(rows.strip("[] ").split(";")):
            if k:
                self._add(Kind.OPERATOR, "\\\\")
            for j, entry in enumerate(row.split()):
                if j:
                    self._add(Kind.OPERATOR, "&")
                for token in Lexer(entry).tokens()[:-1]:
                    self._add(token.kind, token.text)
        self._add(Kind.FINISH, "bmatrix")

    def _take_blackboard(self) -> None:
        found = re.compile(r"\s*(?:\{R\}|R)").match(self._text, self._at)
        if not found:
            raise Unreadable("I only know the set of real numbers")
        self._at = found.end()
        self._add(Kind.COMMAND, "reals")

    def _take_text(self, command: str) -> None:
        found = _BRACED.match(self._text, self._at)
        if not found:
            raise Unreadable(f"\\{command} has no braces")
        self._at = found.end()
        words = found.group(1).split()
        if not words:
            self._is_spaced = True
            return
        if words[0] in vocabulary.MATRIX_FUNCTIONS and len(words) == 1:
            self._add(Kind.FUNCTION, vocabulary.MATRIX_FUNCTIONS[words[0]])
            return
        if len(words) > 1:
            raise Unreadable(f"I do not know the words “{' '.join(words)}”")
        kind = _word_kind(words[0])
        is_letter = kind in {Kind.SYMBOL, Kind.CONSTANT} and len(words[0]) == 1
        # \text{m} is a unit or a label, never the letter m of the formula.
        if kind is None or (is_letter and command in vocabulary.TEXT_COMMANDS | {"mathrm"}):
            raise Unreadable(f"I do not know the word “{words[0]}”")
        self._add(kind, _normal_word(words[0]))

    def _take_operator(self) -> None:
        found = _OPERATOR.match(self._text, self._at)
        if not found:
            raise Unreadable(f"I do not know the sign “{self._text[self._at]}”")
        rows = _SPACED_ROWS.match(self._text, self._at)
        if rows:
            self._at = rows.end()
            self._take_spaced_rows(rows.group())
            return
        self._at = found.end()
        sign = found.group()
        if sign == "!=" and not self._is_spaced:
            # "5!=120" is a factorial; "x != 2", with the space, is not.
            self._at -= 1
            sign = "!"
        if sign in "([{":
            self._brackets.append(self._opens_list(sign))
        elif sign in ")]}" and self._brackets:
            self._brackets.pop()
        self._add(Kind.OPERATOR, _NORMAL_OPERATORS.get(sign, sign))

    def _opens_list(self, sign: str) -> bool:
        """Whether commas part what stands in the bracket just taken: `gcd(`, `[[1,2],[3,4]]`."""
        if sign == "[":
            is_outer = bool(re.match(r"\s*\[", self._text[self._at :]))
            return is_outer or bool(self._brackets and self._brackets[-1])
        last = self._tokens[-1] if self._tokens else None
        return last is not None and last.kind is Kind.FUNCTION and last.text in _LISTING_FUNCTIONS


def _word_kind(word: str) -> Kind | None:
    if word in vocabulary.FUNCTIONS or word in vocabulary.FUNCTION_ALIASES:
        return Kind.FUNCTION
    if word in {"or", "and"}:
        return Kind.JOINER
    if word == "of":
        return Kind.OF
    if word in vocabulary.CONSTANTS or word in {"e", "i"}:
        return Kind.CONSTANT
    if len(word) == 1 or word in vocabulary.GREEK:
        return Kind.SYMBOL
    return None


def _normal_word(word: str) -> str:
    return vocabulary.FUNCTION_ALIASES.get(word) or vocabulary.CONSTANTS.get(word) or word
