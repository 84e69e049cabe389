"""Writes README's tables of settings from the settings themselves: `python -m tests.house.settings_table`."""

from pydantic import AliasChoices
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings

from server.config import Settings as ServerSettings
from studio.config import Settings as StudioSettings
from tests.house.tree import ROOT

README = ROOT / "README.md"


def table_of(settings: type[BaseSettings]) -> str:
    """Return a Markdown table of names, defaults and sentences."""
    lines = ["| variable | default | what it says |", "|---|---|---|"]
    for name, field in settings.model_fields.items():
        lines.append(f"| `{_variable(name, field)}` | {_default(field)} | {field.description or ''} |")
    return "\n".join(lines)


def readme_with_tables(text: str) -> str:
    """Return README with both tables as they should be."""
    for name, settings in (("server", ServerSettings), ("studio", StudioSettings)):
        opening = f"<!-- settings: {name} -->\n"
        before, _, rest = text.partition(opening)
        _, closing, after = rest.partition("<!-- end -->")
        text = f"{before}{opening}{table_of(settings)}\n{closing}{after}"
    return text


def _variable(name: str, field: FieldInfo) -> str:
    alias = field.validation_alias
    if isinstance(alias, AliasChoices):
        return str(alias.choices[0])
    return str(alias or f"TROUPE_{name.upper()}")


def _default(field: FieldInfo) -> str:
    value = field.get_default()
    if value is None or value == "" or field.default_factory is not None:
        return ""
    text = str(value)
    return f"`{text.replace(str(ROOT) + '/', '')}`"


if __name__ == "__main__":
    README.write_text(readme_with_tables(README.read_text(encoding="utf-8")), encoding="utf-8")
