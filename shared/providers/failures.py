"""From what the paid SDKs raise to our own errors, by status rather than by the SDK's class."""

from collections.abc import Mapping

from shared.errors import ModelBusy, ModelDown, ModelFailed, ModelRefusedKey, ModelRefusedPrompt, ModelSilent


def failure_of_status(model: str, status: int, headers: Mapping[str, str]) -> ModelFailed:
    """The error for an HTTP status that is not a success."""
    if status in {401, 403}:
        return ModelRefusedKey(model)
    if status == 429:
        return ModelBusy(model, retry_after_seconds(headers))
    if status == 408:
        return ModelSilent(model)
    if status >= 500:
        return ModelDown(model)
    return ModelRefusedPrompt(model)


def refuses_temperature(body: object) -> bool:
    """Whether the body of a 400 says that the model takes no temperature, or not this one."""
    return "temperature" in str(body).lower()


def retry_after_seconds(headers: Mapping[str, str]) -> float | None:
    """How long a provider asks to be left alone, if it says so in seconds."""
    text = headers.get("retry-after", "")
    try:
        return max(0.0, min(float(text), 3_600.0))
    except ValueError:
        return None
