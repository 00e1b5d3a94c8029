"""What a compiler or Python complains about, in plain words beside the original.

The words only say what the message means, never more than it: the original always stays in view.
"""

import re
from dataclasses import dataclass

from tutor_app.core.program import Language, Phase, RunOutcome

_MOST = 8  # compilers repeat themselves; the first few say what is wrong


@dataclass(frozen=True, slots=True)
class Complaint:
    """One complaint.

    Attributes:
        line: of the program, from 1; None where the message names none.
        words: one plain sentence; empty where this program knows none for the message.
        original: the line that said it.
        is_warning: the program could be run all the same.
    """

    line: int | None
    words: str
    original: str
    is_warning: bool = False


Rule = tuple[re.Pattern[str], str]


def _rules(*rules: tuple[str, str]) -> tuple[Rule, ...]:
    """Patterns in which Q stands for any of the quotation marks that compilers use."""
    return tuple((re.compile(pattern.replace("Q", "['‘’\"`]")), words) for pattern, words in rules)


_CPP = _rules(
    (r"expected Q[,;]Q (?:or Q;Q )?(?:before|after|at end)",
     "A semicolon is missing here or just before."),
    (r"expected Q}Q|expected unqualified-id before Q}Q|extraneous closing brace",
     "The curly brackets {{ }} do not pair up."),
    (r"expected Q[)]Q", "A closing bracket ) is missing."),
    (r"expected Q\]Q", "A closing bracket ] is missing."),
    (r"expected Q[(]Q", "An opening bracket ( is missing."),
    (r"missing terminating . character", "A quotation mark that ends a text is missing."),
    (r"Q(cout|cin|endl|string|vector|cerr)Q was not declared in this scope|"
     r"undeclared identifier Q(?:cout|cin|endl|string|vector|cerr)Q",
     "It stands in the standard library: write std:: before it and include its header."),
    (r"Q([^‘’']+)Q was not declared in this scope; did you mean Q([^‘’']+)Q",
     "The name {0} is not known here; perhaps {1} is meant."),
    (r"Q([^‘’']+)Q was not declared in this scope|undeclared identifier Q([^‘’']+)Q",
     "The name {0} is not known here: declare it first, include its header, or correct it."),
    (r"Q(?:cout|cin|cerr|endl)Q (?:is not a member of Qstd|in namespace Qstd)|"
     r"no member named Q(?:cout|cin|cerr|endl)Q", "Input and output need #include <iostream>."),
    (r"Q(vector|string|map|set|queue|stack|deque|array|list|tuple|optional|unordered_map|"
     r"unordered_set)Q is not a member of Qstd|no member named Q(vector|string|map|set|queue|stack|"
     r"deque|array|list|tuple|optional|unordered_map|unordered_set)Q in namespace Qstd",
     "std::{0} needs #include <{0}>."),
    (r"Q(sort|reverse|find|max_element|min_element|count)Q is not a member of Qstd|no member named "
     r"Q(sort|reverse|find|max_element|min_element|count)Q in namespace Qstd",
     "std::{0} needs #include <algorithm>."),
    (r"Q([^‘’']+)Q is not a member of Qstd[^‘’']*Q|no member named Q([^‘’']+)Q in namespace Qstd",
     "std::{0} is not known here: include the header that brings it."),
    (r"has no member named Q([^‘’']+)Q|no member named Q([^‘’']+)Q",
     "There is nothing called {0} in this type."),
    (r"Q([^‘’']+)Q does not name a type|unknown type name Q([^‘’']+)Q",
     "{0} is not a type that is known here."),
    (r"([^\s:]+): No such file or directory|Q([^‘’']+)Q file not found",
     "There is no header called {0} here: it is misspelt or not installed."),
    (r"undefined reference to QmainQ", "The program has no function main."),
    (r"undefined reference to Q(.+)Q$",
     "{0} is declared and used, but nowhere written out."),
    (r"invalid conversion from Q(.+?)Q to Q(.+?)Q|cannot convert Q(.+?)Q.* to Q(.+?)Q",
     "A value of the type {0} cannot become one of the type {1}."),
    (r"no match for Qoperator(\S+)Q|invalid operands (?:of types|to binary expression)",
     "The operator does not work on values of these types."),
    (r"no matching function for call to Q(.+?)Q",
     "No version of the function takes arguments of these types."),
    (r"too (many|few) arguments", "The function is called with too {0} arguments."),
    (r"redeclaration of|redefinition of|conflicting declaration",
     "The same name is declared a second time."),
    (r"assignment of read-only|cannot assign to variable",
     "It is const, so its value cannot be changed."),
    (r"lvalue required as left operand|expression is not assignable",
     "Only a variable can stand on the left of =; to compare, write ==."),
    (r"must return Qint", "main must be written as int main()."),
    (r"Qelse. without a previous Qif|expected expression.*else", "This else belongs to no if."),
    (r"jump to case label|break statement not within",
     "break works only inside of a loop or a switch."),
    (r"no return statement in function returning non-void|non-void function does not return",
     "The function promises a value but can end without return."),
    (r"control reaches end of non-void function",
     "On some way through the function no value is returned."),
    (r"unused variable Q([^‘’']+)Q", "{0} is never used."),
    (r"unused parameter Q([^‘’']+)Q", "The parameter {0} is never used."),
    (r"(?:is|may be) used uninitialized|is uninitialized when used",
     "It is used before it has got a value."),
    (r"suggest parentheses around assignment|using the result of an assignment",
     "This sets a value; to compare, write ==."),
    (r"comparison of integer expressions of different signedness|"
     r"comparison of integers of different signs",
     "It compares a number that may be negative with one that may not; a negative one counts as "
     "very large."),
    (r"division by zero", "It divides by zero."),
    (r"multi-character character constant",
     "Single quotation marks hold one character; a text needs double ones."),
    (r"expected (?:primary-expression|expression)", "A value is missing here."),
)  # fmt: skip

_PYTHON = _rules(
    (r"^IndentationError: unindent does not match",
     "This line is indented neither like the block before nor like the one around it."),
    (r"^IndentationError: unexpected indent", "This line is indented, but no block begins here."),
    (r"^IndentationError: expected an indented block",
     "After a line that ends with a colon, the next must be indented."),
    (r"^TabError", "Tabs and spaces are mixed at the beginnings of lines."),
    (r"^SyntaxError: expected Q:Q", "A colon : is missing at the end of the line."),
    (r"^SyntaxError: Q(.)Q was never closed", "The bracket {0} is opened but never closed."),
    (r"^SyntaxError: unmatched Q(.)Q|^SyntaxError: closing parenthesis Q(.)Q",
     "The bracket {0} does not belong to any opening one."),
    (r"^SyntaxError: unterminated", "A quotation mark that ends a text is missing."),
    (r"^SyntaxError: invalid syntax. Maybe you meant Q==Q|^SyntaxError: cannot assign to",
     "Only a variable can stand on the left of =; to compare, write ==."),
    (r"^SyntaxError: Missing parentheses in call to Qprint",
     "print needs brackets around what it prints."),
    (r"^SyntaxError: Q(?:return|await)Q outside", "return works only inside of a function."),
    (r"^SyntaxError: Q(?:break|continue)Q", "break and continue work only inside of a loop."),
    (r"^SyntaxError", "Python cannot read this line; the mistake may be just before it."),
    (r"^NameError: name Q(\w+)Q is not defined\. Did you mean: Q(\w+)Q",
     "The name {0} is not known here; perhaps {1} is meant."),
    (r"^NameError: name Q(\w+)Q is not defined\. Did you forget to import",
     "The name {0} is not known here; it must be imported first."),
    (r"^NameError: name Q(\w+)Q|^NameError: free variable Q(\w+)Q",
     "The name {0} is not known here: give it a value first, or correct it."),
    (r"^UnboundLocalError: .*Q(\w+)Q",
     "The function uses {0} before it has given it a value; setting it anywhere inside makes it "
     "the function's own."),
    (r"^ZeroDivisionError", "It divides by zero."),
    (r"^RecursionError",
     "A function calls itself again and again: a case that ends it is missing."),
    (r"^IndexError", "It asks for a place behind the end; the first place has the number 0."),
    (r"^KeyError: (.+)", "There is no entry {0} in the dictionary."),
    (r"^ModuleNotFoundError: No module named Q([\w.]+)Q",
     "There is no module called {0} here: it is misspelt or not installed."),
    (r"^ImportError", "The module is there, but not what should be taken from it."),
    (r"^AttributeError: QNoneTypeQ object has no attribute Q(\w+)Q",
     "The value is None, which has no {0}; perhaps a function returned nothing."),
    (r"^AttributeError: .*has no attribute Q(\w+)Q",
     "There is nothing called {0} in this value."),
    (r"^TypeError: unsupported operand",
     "The operator does not work on values of these types together."),
    (r"^TypeError: can only concatenate|^TypeError: must be str",
     "Text and a number cannot be joined with +; turn one into the other with str() or int()."),
    (r"^TypeError: .*missing \d+ required", "The function is called with too few arguments."),
    (r"^TypeError: .*takes .*positional argument",
     "The function is called with too many arguments."),
    (r"^TypeError: .*unexpected keyword argument Q(\w+)Q", "The function has no parameter {0}."),
    (r"^TypeError: Q(\w+)Q object is not callable",
     "A value of the type {0} is no function and cannot be called with brackets."),
    (r"^TypeError: Q(\w+)Q object is not subscriptable",
     "A value of the type {0} has no places to choose from with [ ]."),
    (r"^TypeError: Q(\w+)Q object is not iterable",
     "A value of the type {0} cannot be gone through item by item."),
    (r"^TypeError: .*cannot be interpreted as an integer", "A whole number is needed here."),
    (r"^TypeError", "A value is of another type than is needed here."),
    (r"^ValueError: invalid literal for int", "This text is no whole number, so int() refuses it."),
    (r"^ValueError: could not convert string to float", "This text is no number."),
    (r"^ValueError: (?:not enough|too many) values to unpack",
     "The number of names on the left is not the number of values on the right."),
    (r"^ValueError: math domain error", "The function has no value for this number."),
    (r"^ValueError", "The value is of the right type, but not one that is allowed here."),
    (r"^EOFError", "The program wants to read more input than it was given."),
    (r"^FileNotFoundError",
     "There is no such file: a program sees only what it has written itself."),
    (r"^PermissionError", "The sandbox does not allow this."),
    (r"^(?:socket\.gaierror|ConnectionError|ConnectionRefusedError|OSError: \[Errno 101\])",
     "Programs have no network here."),
    (r"^MemoryError", "It asks for more memory than it may use."),
    (r"^OverflowError", "The number is too large for this operation."),
    (r"^AssertionError", "What assert demands does not hold."),
    (r"^KeyboardInterrupt", "It was interrupted."),
)  # fmt: skip

_CPP_HEAD = re.compile(r"^main\.cpp:(\d+):(?:\d+:)? (?:fatal )?(error|warning): (.*)$")
_LINKER = re.compile(r"undefined reference to ")
_PYTHON_FRAME = re.compile(r'^\s*File ".*main\.py", line (\d+)')
_PYTHON_ERROR = re.compile(r"^[A-Za-z_][\w.]*(?:Error|Exception|Interrupt|Iteration)\b(?::.*)?$")
_PLACE = re.compile(r'main\.cpp:(\d+)|main\.py", line (\d+)')


def explain(outcome: RunOutcome, language: Language) -> tuple[Complaint, ...]:
    """The complaints of one run about the program itself, in the order they were made."""
    stderr = outcome.stderr.decode(errors="replace")
    if language is Language.PYTHON:
        return explain_python(stderr) if outcome.exit_code else ()
    if outcome.phase is Phase.COMPILE:
        return explain_cpp(stderr)
    return explain_cpp(outcome.diagnostics.decode(errors="replace"))


def explain_cpp(text: str) -> tuple[Complaint, ...]:
    """Errors first, then warnings; the compiler's notes are left out."""
    found: list[Complaint] = []
    for line in text.splitlines():
        if matched := _CPP_HEAD.match(line):
            number, kind, message = int(matched[1]), matched[2], matched[3]
            found.append(Complaint(number, _words(_CPP, message), line, kind == "warning"))
        elif _LINKER.search(line):
            found.append(Complaint(None, _words(_CPP, line), line))
    found.sort(key=lambda one: one.is_warning)  # stable: each kind stays in its order
    first_of_its_kind = {(one.line, one.words or one.original): one for one in reversed(found)}
    return tuple(one for one in found if one in first_of_its_kind.values())[:_MOST]


def explain_python(text: str) -> tuple[Complaint, ...]:
    """The error that ended the program, with the innermost of its own lines."""
    lines = text.splitlines()
    ended = next((n for n in range(len(lines) - 1, -1, -1) if _PYTHON_ERROR.match(lines[n])), None)
    if ended is None:
        return ()
    number: int | None = None
    for line in lines[:ended]:
        if line.startswith("Traceback"):
            number = None  # of the error before, which this one came of
        elif matched := _PYTHON_FRAME.match(line):
            number = int(matched[1])
    return (Complaint(number, _words(_PYTHON, lines[ended]), lines[ended]),)


def _words(rules: tuple[Rule, ...], message: str) -> str:
    for pattern, words in rules:
        if matched := pattern.search(message):
            return words.format(*(group for group in matched.groups() if group is not None))
    return ""


def places(line: str) -> tuple[tuple[int, int, int], ...]:
    """Where a line of errors names a line of the program: start, end and the program's line."""
    return tuple(
        (matched.start(), matched.end(), int(matched[1] or matched[2]))
        for matched in _PLACE.finditer(line)
    )
