"""Light Markdown in the rehearsal's bubbles: what is marked up, and that nothing else becomes markup."""

import pytest

from studio.ui.parts.markup import bare_text, rich_text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("It is **8 euros**.", "<div>It is <b>8 euros</b>.</div>"),
        ("*Only* today", "<div><i>Only</i> today</div>"),
        ("Run `troupe ask`", "<div>Run <code>troupe ask</code></div>"),
        ("See [the prices](https://museum.example/prices).", "<div>See the prices.</div>"),
        ("2 * 3 * 4 = 24", "<div>2 * 3 * 4 = 24</div>"),
        ("## Prices", "<div><b>Prices</b></div>"),
        ("a\n\nb", "<div>a</div><div>&nbsp;</div><div>b</div>"),
        ("**half", "<div>**half</div>"),
    ],
)
def test_marks_become_type(written: str, shown: str) -> None:
    assert rich_text(written) == shown


def test_lists_stand_in_columns() -> None:
    shown = rich_text("Prices:\n- adults **12**\n- students 8\n\nThen:\n1. pay\n2. enter")

    assert shown.count("<table") == 2
    assert "•&nbsp;&nbsp;</td><td>adults <b>12</b></td>" in shown
    assert "2.&nbsp;&nbsp;</td><td>enter</td>" in shown


def test_html_that_somebody_wrote_shows_as_written() -> None:
    shown = rich_text("<img src='file:///etc/passwd'> & **<b>**")

    assert "<img" not in shown
    assert "&lt;img" in shown
    assert "<b>&lt;b&gt;</b>" in shown


def test_the_bare_words_are_what_is_measured() -> None:
    assert bare_text("**Prices** of [today](x)\n- `one`") == "Prices of today\n   • one"
