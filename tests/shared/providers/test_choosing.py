"""Who is asked first, who rests after failures, and what an answer cost."""

import pytest

from shared.contract.chatbot import Fallback, ModelChoice
from shared.errors import ModelBusy, ModelDown, ModelRefusedPrompt, ModelResting
from shared.providers.chat import EndChunk, Prompt, full_name
from shared.providers.choosing import DEFAULT_MODELS, ProviderKeys, Providers, models_for
from shared.providers.circuits import FAILURES_IN_A_ROW, REST_SECONDS, Circuit, GuardedModel
from shared.providers.cost import usage_of
from shared.providers.understudy import Understudy

BOTH = ProviderKeys(openai="one", anthropic="two")


def names(choice: ModelChoice, keys: ProviderKeys) -> list[str]:
    return [full_name(model) for model in models_for(choice, keys)]


def test_without_a_key_the_understudy_plays() -> None:
    assert names(ModelChoice(), ProviderKeys()) == ["troupe/understudy"]
    assert names(ModelChoice(provider="openai", model="gpt-9"), ProviderKeys()) == ["troupe/understudy"]


def test_nobody_is_asked_whom_the_designer_did_not_name() -> None:
    assert names(ModelChoice(provider="openai", model="gpt-9"), BOTH) == ["openai/gpt-9", "troupe/understudy"]


def test_the_designers_choice_comes_first_then_the_fallbacks_and_the_understudy_last() -> None:
    fallbacks = (
        Fallback(provider="compatible"), Fallback(provider="openai", model="gpt-9"), Fallback(provider="anthropic"),
        Fallback(provider="openai", model="gpt-8"),
    )  # fmt: skip

    assert names(ModelChoice(provider="openai", model="gpt-9", fallbacks=fallbacks), BOTH) == [
        "openai/gpt-9", f"anthropic/{DEFAULT_MODELS['anthropic']}", "openai/gpt-8", "troupe/understudy",
    ]  # fmt: skip
    assert names(ModelChoice(), BOTH)[0].startswith("anthropic/")
    assert names(ModelChoice(provider="understudy"), BOTH) == ["troupe/understudy"]


def test_a_compatible_server_needs_an_address_and_no_key() -> None:
    keys = ProviderKeys(compatible_base_url="http://127.0.0.1:9/v1", compatible_model="llama")

    assert names(ModelChoice(provider="compatible"), keys) == ["compatible/llama", "troupe/understudy"]


def test_keys_are_not_shown() -> None:
    assert "two" not in repr(BOTH)


def test_a_model_keeps_its_client_and_circuit_between_turns() -> None:
    providers = Providers(BOTH)

    assert providers.models_for(ModelChoice())[0] is providers.models_for(ModelChoice())[0]


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_circuit_opens_after_failures_in_a_row_and_closes_with_time() -> None:
    clock = Clock()
    circuit = Circuit(clock)

    for _ in range(FAILURES_IN_A_ROW - 1):
        circuit.failed(ModelDown("a/b"))
    circuit.succeeded()
    circuit.failed(ModelDown("a/b"))
    early = circuit.resting
    for _ in range(FAILURES_IN_A_ROW):
        circuit.failed(ModelDown("a/b"))
    opened = circuit.resting
    clock.now += REST_SECONDS + 1

    assert (early, opened, circuit.resting) == (False, True, False)


def test_a_circuit_rests_as_long_as_the_provider_asks() -> None:
    clock = Clock()
    circuit = Circuit(clock)

    circuit.failed(ModelBusy("a/b", 60.0))
    clock.now += 59
    resting = circuit.resting
    clock.now += 2

    assert (resting, circuit.resting) == (True, False)


def test_a_refused_prompt_is_not_the_models_fault() -> None:
    circuit = Circuit()

    for _ in range(10):
        circuit.failed(ModelRefusedPrompt("a/b"))

    assert not circuit.resting


async def test_a_resting_model_is_not_asked() -> None:
    circuit = Circuit()
    model = GuardedModel(Understudy(0.0), circuit)
    for _ in range(FAILURES_IN_A_ROW):
        model.went_silent()

    with pytest.raises(ModelResting):
        await anext(model.answer(Prompt("", (), "", "Hello")))


def test_a_known_model_has_a_price_in_microunits() -> None:
    usage = usage_of("anthropic", "claude-haiku-4-5", EndChunk("end", 1_000, 100))

    assert usage.cost_microunits == 1_500
    assert usage.price_snapshot.startswith("genai-prices ")


def test_cached_tokens_cost_less() -> None:
    plain = usage_of("openai", "gpt-5.4-mini", EndChunk("end", 1_000, 10, 0)).cost_microunits
    cached = usage_of("openai", "gpt-5.4-mini", EndChunk("end", 1_000, 10, 900)).cost_microunits

    assert plain is not None
    assert cached is not None
    assert 0 < cached < plain


def test_an_unknown_price_is_none_and_never_zero() -> None:
    assert usage_of("openai", "no-such-model", EndChunk("end", 1_000, 100)).cost_microunits is None
    assert usage_of("compatible", "gpt-5.4-mini", EndChunk("end", 1_000, 100)).cost_microunits is None


def test_the_understudy_is_free() -> None:
    assert usage_of("troupe", "understudy", EndChunk()).cost_microunits == 0
