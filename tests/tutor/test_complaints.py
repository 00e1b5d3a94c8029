"""What compilers say, in plain words: messages of g++ 12, clang 14 and Python 3.11."""

import pytest

from tutor_app.tutor.complaints import explain_cpp, explain_python, places

_CPP = [
    ("main.cpp:1:23: error: expected ‘,’ or ‘;’ before ‘return’", "semicolon"),
    ("main.cpp:1:14: error: expected ';' after expression", "semicolon"),
    ("main.cpp:4:3: error: ‘y’ was not declared in this scope", "name y is not known"),
    ("main.cpp:4:3: error: use of undeclared identifier 'y'", "name y is not known"),
    ("main.cpp:2:13: error: ‘cout’ was not declared in this scope; did you mean ‘std::cout’?",
     "write std::"),
    ("main.cpp:9:3: error: ‘totl’ was not declared in this scope; did you mean ‘total’?",
     "perhaps total is meant"),
    ("main.cpp:1:18: error: ‘vector’ is not a member of ‘std’", "needs #include <vector>"),
    ("main.cpp:1:18: error: no member named 'sort' in namespace 'std'", "#include <algorithm>"),
    ("main.cpp:8:10: error: ‘cout’ is not a member of ‘std’", "#include <iostream>"),
    ("main.cpp:8:10: error: ‘gcd’ is not a member of ‘std’", "include the header"),
    ("main.cpp:1:10: fatal error: foo.h: No such file or directory", "no header called foo.h"),
    ("main.cpp:1:10: fatal error: 'foo.h' file not found", "no header called foo.h"),
    ("main.cpp:3:11: error: invalid conversion from ‘const char*’ to ‘int’ [-fpermissive]",
     "type const char* cannot become one of the type int"),
    ("main.cpp:2:42: error: cannot convert ‘std::string’ {aka ‘std::__cxx11::basic_string<char>’} "
     "to ‘int’ in initialization", "type std::string cannot become one of the type int"),
    ("main.cpp:1:12: error: expected ‘}’ at end of input", "do not pair up"),
    ("main.cpp:1:38: error: too many arguments to function ‘int f(int)’", "too many arguments"),
    ("main.cpp:1:29: error: assignment of read-only variable ‘a’", "const"),
    ("main.cpp:1:18: error: lvalue required as left operand of assignment", "=="),
    ("main.cpp:1:1: error: ‘::main’ must return ‘int’", "int main()"),
    ("main.cpp:3:43: error: no match for ‘operator<<’ (operand types are ‘a’ and ‘b’)",
     "does not work on values of these types"),
    ("/usr/bin/ld: program.cpp:(.text+0xa): undefined reference to `g(int)'",
     "g(int) is declared and used, but nowhere written out"),
    ("(.text+0x17): undefined reference to `main'", "no function main"),
    ("main.cpp:1:17: warning: unused variable ‘x’ [-Wunused-variable]", "x is never used"),
]  # fmt: skip
_PYTHON = [
    ("IndentationError: unexpected indent", "indented"),
    ("IndentationError: expected an indented block after 'if' statement on line 1",
     "the next must be indented"),
    ("SyntaxError: expected ':'", "colon"),
    ("SyntaxError: '(' was never closed", "bracket ( is opened but never closed"),
    ("SyntaxError: unterminated string literal (detected at line 1)", "quotation mark"),
    ("NameError: name 'g' is not defined", "name g is not known"),
    ("NameError: name 'pint' is not defined. Did you mean: 'print'?", "perhaps print is meant"),
    ("NameError: name 'math' is not defined. Did you forget to import 'math'?", "imported first"),
    ("UnboundLocalError: cannot access local variable 'x' where it is not associated with a value",
     "uses x before"),
    ("ZeroDivisionError: division by zero", "divides by zero"),
    ("RecursionError: maximum recursion depth exceeded", "calls itself"),
    ("IndexError: list index out of range", "behind the end"),
    ("KeyError: 'a'", "no entry 'a'"),
    ("ModuleNotFoundError: No module named 'foo'", "no module called foo"),
    ("TypeError: can only concatenate str (not \"int\") to str", "Text and a number"),
    ("TypeError: f() missing 1 required positional argument: 'x'", "too few arguments"),
    ("TypeError: f() takes 1 positional argument but 2 were given", "too many arguments"),
    ("TypeError: 'int' object is not callable", "type int is no function"),
    ("ValueError: invalid literal for int() with base 10: 'a'", "no whole number"),
    ("EOFError: EOF when reading a line", "more input"),
    ("AttributeError: 'NoneType' object has no attribute 'append'", "None, which has no append"),
]  # fmt: skip


@pytest.mark.parametrize(("message", "words"), _CPP, ids=range(len(_CPP)))
def test_a_frequent_compiler_message_has_plain_words(message: str, words: str) -> None:
    (complaint,) = explain_cpp(message)
    assert words in complaint.words
    assert complaint.original == message


@pytest.mark.parametrize(("message", "words"), _PYTHON, ids=range(len(_PYTHON)))
def test_a_frequent_python_error_has_plain_words(message: str, words: str) -> None:
    (complaint,) = explain_python(f"Traceback (most recent call last):\n{message}\n")
    assert words in complaint.words
    assert complaint.original == message


def test_errors_come_before_warnings_with_their_lines_and_without_notes() -> None:
    text = (
        "main.cpp: In function ‘int main()’:\n"
        "main.cpp:3:7: warning: unused variable ‘x’ [-Wunused-variable]\n"
        "main.cpp:4:3: error: ‘y’ was not declared in this scope\n"
        "main.cpp:2:1: note: suggested alternative\n"
        "/usr/include/c++/12/vector:9:1: error: deep inside\n"
    )
    found = explain_cpp(text)
    assert [(one.line, one.is_warning) for one in found] == [(4, False), (3, True)]


def test_what_is_said_twice_of_a_line_is_told_once() -> None:
    text = (
        "main.cpp:8:10: error: ‘cout’ is not a member of ‘std’\n"
        "main.cpp:8:41: error: ‘endl’ is not a member of ‘std’\n"
        "main.cpp:9:10: error: ‘cout’ is not a member of ‘std’\n"
    )
    assert [(one.line, "cout" in one.original) for one in explain_cpp(text)] == [
        (8, True), (9, True),
    ]  # fmt: skip


def test_a_traceback_names_the_innermost_line_of_the_program_itself() -> None:
    text = (
        "Traceback (most recent call last):\n"
        '  File "/work/main.py", line 9, in <module>\n    main()\n'
        '  File "/work/main.py", line 4, in main\n    json.loads("x")\n'
        '  File "/usr/lib/python3.11/json/__init__.py", line 346, in loads\n'
        "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)\n"
    )
    (complaint,) = explain_python(text)
    assert complaint.line == 4


def test_of_two_chained_errors_the_last_is_told() -> None:
    text = (
        'Traceback (most recent call last):\n  File "/work/main.py", line 2, in <module>\n'
        "KeyError: 1\n\nDuring handling of the above exception, another exception occurred:\n\n"
        'Traceback (most recent call last):\n  File "/work/main.py", line 4, in <module>\n'
        "ZeroDivisionError: division by zero\n"
    )
    (complaint,) = explain_python(text)
    assert (complaint.line, complaint.words) == (4, "It divides by zero.")


def test_a_message_that_is_not_known_gets_no_words() -> None:
    (complaint,) = explain_cpp("main.cpp:7:1: error: something never seen before {x}")
    assert (complaint.line, complaint.words) == (7, "")


def test_what_a_program_prints_about_itself_is_no_complaint() -> None:
    assert explain_python("all is well\nresult: 3\n") == ()
    assert explain_cpp("note: nothing\n") == ()


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("main.cpp:3:11: error: x", [(0, 10, 3)]),
        ('  File "/work/main.py", line 12, in f', [(14, 31, 12)]),
        ("nothing here", []),
    ],
)
def test_lines_of_the_program_are_found_in_messages(
    line: str, found: list[tuple[int, int, int]]
) -> None:
    assert list(places(line)) == found
