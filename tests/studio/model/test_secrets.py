"""Keys are found where they stand, and prose is not taken for one."""

import secrets as lots

import pytest

from shared.contract.chatbot import AvatarRef, BlobRef, ChatbotDraft, DocumentRef, Personality
from studio.model.secrets import entropy, is_random, secrets_in, secrets_in_draft

# In halves, so that no scanner takes this file for a leak.
KEYS = {
    "an OpenAI key": "sk-" + "proj-Ab3dEf6hIj9kLm2nOp5q",
    "an Anthropic key": "sk-" + "ant-api03-Ab3dEf6hIj9kLm2nOp5q",
    "an AWS key": "AKIA" + "IOSFODNN7ABCDEFG",
    "a Google key": "AIza" + "SyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q",
    "a GitHub token": "ghp_" + "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8",
    "a Slack token": "xoxb-" + "123456789012-abcdefABCDEF",
    "a Troupe token": "trp_" + "rt_A1b2C3d4E5f6G7h8I9j0K1l2",
    "a private key": "-----BEGIN RSA " + "PRIVATE KEY-----",
    "a signed token": "eyJhbGciOiJIUzI1NiJ9."
    + "eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
    "a password in an address": "postgresql://ada:" + "correcthorse9@db.example.org/x",
}


@pytest.mark.parametrize("kind", KEYS)
def test_known_shapes_are_named_with_their_line_and_never_whole(kind: str) -> None:
    [found] = secrets_in(f"Opening hours\nOur key is {KEYS[kind]}, keep it safe.", "notes.md")

    assert (found.kind, found.place, found.line) == (kind, "notes.md", 2)
    assert KEYS[kind] not in found.sentence
    assert found.shown == KEYS[kind][:6]


@pytest.mark.parametrize("line", ["password: {}", 'API_KEY = "{}"', "The access key is {}", '"client_secret": "{}",'])
def test_long_random_words_behind_telling_names_are_found(line: str) -> None:
    drawn = lots.token_hex(4) + "Q7" + lots.token_urlsafe(18).replace("-", "x").replace("_", "y")

    assert [found.kind for found in secrets_in(line.format(drawn), "x")] == ["a password or key"]


@pytest.mark.parametrize(
    "text",
    [
        "The password is written on the whiteboard in room 204.",
        "Token of appreciation: a bouquet for every hundredth visitor.",
        "api_key = your_api_key_goes_here_please",
        "password: correct-horse-battery-staple",
        "Use sk-... as your key, or sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxx.",
        "Call https://museum.example/visit?room=12 or write to ada@museum.example.",
        "secret: 1111111111111111111111",
        "ISBN 978-3-16-148410-0, IBAN DE89 3704 0044 0532 0130 00",
    ],
)
def test_prose_is_no_secret(text: str) -> None:
    assert secrets_in(text, "x") == ()


def test_a_drafts_texts_are_searched_and_its_digests_are_not() -> None:
    blob = BlobRef(name="a.glb", sha256="8f" * 32, bytes=1)
    draft = ChatbotDraft(
        avatar=AvatarRef(glb=blob),
        knowledge=(DocumentRef(blob=blob, title="Hours"),),
        personality=Personality(about="Mira.\nHer key: " + KEYS["an OpenAI key"]),
    )

    [found] = secrets_in_draft(draft)

    assert (found.place, found.line, found.field) == ("Who it is", 2, ("personality", "about"))


def test_entropy_tells_lots_from_words() -> None:
    assert entropy("") == 0
    assert entropy("aaaa") == 0
    assert entropy("abcd") == pytest.approx(2)
    assert not is_random("internationalisation")
    assert is_random("A9f3Kq81Zx72Lm4PvB0s")
