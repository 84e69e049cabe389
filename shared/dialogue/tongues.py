"""What languages are called in English, as a model is told which to speak."""

from typing import Final

TONGUES: Final[dict[str, str]] = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech", "cy": "Welsh",
    "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian",
    "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish", "gl": "Galician",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian",
    "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "ko": "Korean",
    "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "ms": "Malay", "mt": "Maltese", "nb": "Norwegian Bokmål",
    "ne": "Nepali", "nl": "Dutch", "nn": "Norwegian Nynorsk", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian",
    "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "th": "Thai", "tl": "Tagalog", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
_VARIANTS: Final[dict[str, str]] = {
    "de-AT": "Austrian German", "de-CH": "Swiss German", "en-AU": "Australian English",
    "en-GB": "British English", "en-US": "American English", "es-MX": "Mexican Spanish", "fr-CA": "Canadian French",
    "pt-BR": "Brazilian Portuguese", "pt-PT": "European Portuguese", "zh-CN": "Simplified Chinese",
    "zh-Hans": "Simplified Chinese", "zh-Hant": "Traditional Chinese", "zh-TW": "Traditional Chinese",
}  # fmt: skip


def tongue(tag: str) -> str:
    """The name of a language tag: `de` is "German", `pt-BR` "Brazilian Portuguese", one we do not know itself."""
    first, _, rest = tag.partition("-")
    plain = TONGUES.get(first.lower())
    if plain is None:
        return tag
    variant = next((name for known, name in _VARIANTS.items() if known.lower() == tag.lower()), None)
    return variant or (f"{plain} ({rest})" if rest else plain)


def same_tongue(one: str, other: str) -> bool:
    """Whether two tags are of one language, whatever their regions."""
    return one.partition("-")[0].lower() == other.partition("-")[0].lower()
