from collections.abc import Callable

import pytest

from tutor_app.core.solution import Solution
from tutor_app.export.formats import ExportFormat, export_solution, format_of_suffix
from tutor_app.export.markdown import render_markdown

MakeSolution = Callable[..., Solution]

EXPECTED = r"""# Worked solution

## Problem

> Solve $3x + 5 = 20$ for $x$.

## Steps

**1. ✓ checked**

Subtract 5 from both sides: $3x = 15$.

**2. ✗ wrong**

So $3x + 5 = 26$.

> - not true at x = 2
> - x = 2: left 25, right 13

This is how a balance works.

**3. ? not decided**

Divide by 3:

$$x = \frac{15}{3} = 5$$

> - not decided within 2 s

The answer is $\boxed{5}$.

## Answer

$$5$$

**✓ The answer is right: checked by putting it back into the problem.**

- x = 5: left 20, right 20
- The problem was read as: solve 3\*x + 5 = 20 for x
- Assumed: x is a real number

---

*Model starter, sha256 0123456789ab · seed 7 · 200 tokens · 44.4 tokens/s · checked by STEM Tutor 0.1.0*
"""  # noqa: E501 - the last line is one line of the document


def test_whole_document(make_solution: MakeSolution) -> None:
    assert render_markdown(make_solution()) == EXPECTED


def test_a_models_headings_do_not_stand_beside_ours(make_solution: MakeSolution) -> None:
    document = render_markdown(make_solution(text="## Step 1: begin", steps=()))
    assert "\n**Step 1: begin**\n" in document


def test_code_with_fences_inside_stays_one_block(make_solution: MakeSolution) -> None:
    solution = make_solution(text="````python\nx = '```'\n````\nafter", steps=())
    assert "````python\nx = '```'\n````\n\nafter" in render_markdown(solution)


def test_scratch_work_is_a_labelled_code_block(make_solution: MakeSolution) -> None:
    solution = make_solution(text="<w>\n3*4=12\n</w>", steps=())
    assert "*Scratch work*\n\n```\n3*4=12\n```" in render_markdown(solution)


def test_export_in_markdown_is_utf8(make_solution: MakeSolution) -> None:
    solution = make_solution()
    exported = export_solution(solution, ExportFormat.MARKDOWN)
    assert exported.decode("utf-8") == render_markdown(solution)


@pytest.mark.parametrize(
    ("suffix", "found"),
    [(".pdf", ExportFormat.PDF), (".MD", ExportFormat.MARKDOWN), (".exe", None)],
)
def test_format_follows_from_the_files_name(suffix: str, found: ExportFormat | None) -> None:
    assert format_of_suffix(suffix) is found
