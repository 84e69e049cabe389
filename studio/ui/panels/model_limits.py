"""How a model answers: its temperature, the longest answer, and what it may cost in a month."""

import re

from PySide6.QtWidgets import QWidget

from shared.contract.chatbot import ModelChoice
from studio.files.spending import Spending
from studio.ui.bench import Bench
from studio.ui.panels.model_fallbacks import Change
from studio.ui.parts.buttons import button
from studio.ui.parts.fields import LineField
from studio.ui.parts.layout import column, row
from studio.ui.parts.sliders import QuietSlider
from studio.ui.parts.text import label
from studio.ui.theme.theme import restyle
from studio.ui.theme.tokens import HAIR, SNUG

WARMEST, TEMPERATURE_STEPS = 2.0, 20
"""Steps to one degree."""
USUAL_TEMPERATURE = 1.0
LENGTHS = (64, 100, 150, 200, 300, 400, 500, 600, 800, 1_000, 1_500, 2_000, 3_000, 4_000, 6_000, 8_192)
WORDS_PER_TOKEN = 0.75
"""In English."""
MICROS = 1_000_000
_AMOUNT = re.compile(r"^\$?\s*(\d{1,7}(?:[.,]\d{1,6})?)\s*\$?$")


class _SliderField(QWidget):
    """A slider with its name and value above it, and a hint below."""

    def __init__(self, name: str, hint: str, low: int, high: int, bench: Bench) -> None:
        super().__init__()
        self.slider = QuietSlider(low, high)
        self.slider.setAccessibleName(name)
        self.slider.sliderReleased.connect(bench.document.settle)
        self.value = label("", "caption")
        self.head = row([label(name, "strong"), None, self.value], spacing=SNUG)
        self.setLayout(column([self.head, self.slider, label(hint, "caption", wrap=True)], spacing=HAIR + 1))


class Temperature(_SliderField):
    """From the same words each time to ever new ones; None is the model's own."""

    def __init__(self, change: Change, bench: Bench) -> None:
        hint = "Low: much the same words each time. High: more variety, more slips. 0.3 to 0.7 suits most."
        super().__init__("Temperature", hint, 0, round(WARMEST * TEMPERATURE_STEPS), bench)
        self.own = button(bench.theme, "Use its own", lambda: change("Use the model's temperature", temperature=None))
        self.own.setProperty("kind", "quiet")
        self.head.addWidget(self.own)
        self.slider.valueChanged.connect(
            lambda step: change("Set the temperature", "models.temperature", temperature=step / TEMPERATURE_STEPS)
        )

    def show_choice(self, choice: ModelChoice) -> None:
        """Show the temperature."""
        given = choice.temperature
        self.slider.show_value(round((USUAL_TEMPERATURE if given is None else given) * TEMPERATURE_STEPS))
        self.value.setText("the model's own" if given is None else f"{given:g}")
        self.own.setVisible(given is not None)


class AnswerLength(_SliderField):
    """Where an answer is cut at the latest."""

    def __init__(self, change: Change, bench: Bench) -> None:
        hint = "A limit, not a wish: an answer that reaches it is cut off. How long answers are is said under Voice."
        super().__init__("Longest answer", hint, 0, len(LENGTHS) - 1, bench)
        self.slider.setPageStep(2)
        self.slider.valueChanged.connect(
            lambda step: change("Set the longest answer", "models.answer_tokens", answer_tokens=LENGTHS[step])
        )

    def show_choice(self, choice: ModelChoice) -> None:
        """Show the length."""
        tokens = choice.answer_tokens
        self.slider.show_value(min(range(len(LENGTHS)), key=lambda step: abs(LENGTHS[step] - tokens)))
        words = round(tokens * WORDS_PER_TOKEN, -1)
        self.value.setText(f"{tokens:,} tokens, about {words:,.0f} words")


class MonthlyBudget(QWidget):
    """Dollars a month, or no limit; and what rehearsing has cost."""

    def __init__(self, change: Change, bench: Bench) -> None:
        super().__init__()
        self._change = change
        hint = "In US dollars of model cost a calendar month; once spent, the understudy answers until the next."
        self.field = LineField("Monthly budget", hint, "no limit", 12)
        self.field.edited.connect(self._edit)
        self.field.left.connect(bench.document.settle)
        self._spent = label("", "caption", wrap=True)
        self.setLayout(column([self.field, self._spent], spacing=HAIR))

    def _edit(self, text: str) -> None:
        micros = micros_of(text)
        fits = micros is not None or not text.strip()
        restyle(self.field.edit, "wrong", not fits)
        if fits:
            self._change("Set the monthly budget", "models.budget", monthly_budget_micros=micros)

    def show_choice(self, choice: ModelChoice) -> None:
        """Show the budget."""
        budget = choice.monthly_budget_micros
        text = self.field.edit.text()
        if (micros_of(text) != budget and not (text.strip() and self.field.edit.hasFocus())) or not text:
            self.field.show_text("" if budget is None else dollars(budget))
            restyle(self.field.edit, "wrong", False)

    def show_spending(self, spending: Spending) -> None:
        """Say what rehearsals have cost this month on this desk."""
        month = spending.month.strftime("%B")
        words = f"Spent on this desk in {month}: ${dollars(spending.micros)}." if spending.micros else ""
        if spending.unpriced:
            words += f" {spending.unpriced:,} answers came from models whose price is not known: no budget holds them."
        self._spent.setText(words.strip())
        self._spent.setVisible(bool(words))


def micros_of(text: str) -> int | None:
    """The micro-dollars of an amount such as `12.50` or `$3`; None for no amount."""
    found = _AMOUNT.match(text.strip())
    return round(float(found.group(1).replace(",", ".")) * MICROS) if found else None


def dollars(micros: int) -> str:
    """An amount as people write it: cents, and smaller parts only where there are some."""
    amount = f"{micros / MICROS:.6f}".rstrip("0")
    whole, _, parts = amount.partition(".")
    return f"{whole}.{parts.ljust(2, '0')}" if parts else whole
