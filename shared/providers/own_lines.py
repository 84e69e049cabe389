"""The understudy's own lines of small talk: in four languages, to strangers or to friends, calm or not."""

from typing import Final, Literal

from shared.contract.chatbot import Tone

Line = Literal["thanks", "goodbye", "how", "name", "praise", "laugh", "ask", "for_example"]
SLIGHT, MARKED = 0.2, 0.6
"""From where a slider says something, and from where much."""


def own_line(line: Line, language: str, manner: Tone) -> str:
    """One of its lines; in English where it does not speak the language."""
    plain = _LINES.get(language, _LINES["en"])
    casual = _CASUAL.get(language, {} if language in _LINES else _CASUAL["en"])
    words = casual.get(line, plain[line]) if manner.formality <= -SLIGHT else plain[line]
    return _calm(words) if manner.energy <= -SLIGHT else words


def _calm(words: str) -> str:
    return words.replace(" !", ".").replace("¡", "").replace("!", ".")


_LINES: Final[dict[str, dict[Line, str]]] = {
    "en": {
        "thanks": "You are welcome! Is there anything else that I can help with?",
        "goodbye": "Goodbye, and come back soon!",
        "how": "Very well, thank you! What would you like to know?", "name": "I am {}.",
        "praise": "Oh, thank you! That is kind.",
        "laugh": "Haha! I am glad that you are having fun.", "ask": "Ask me anything that I may know about.",
        "for_example": "You can ask me, for example: {}",
    },
    "de": {
        "thanks": "Gern geschehen! Kann ich sonst noch helfen?",
        "goodbye": "Auf Wiedersehen, bis bald!",
        "how": "Sehr gut, danke! Was möchten Sie wissen?", "name": "Ich bin {}.", "praise": "Oh, danke! Das ist nett.",
        "laugh": "Haha! Schön, dass es Spaß macht.", "ask": "Fragen Sie mich einfach.",
        "for_example": "Sie können mich zum Beispiel fragen: {}",
    },
    "fr": {
        "thanks": "Avec plaisir ! Puis-je vous aider encore ?", "goodbye": "Au revoir, à bientôt !",
        "how": "Très bien, merci ! Que voulez-vous savoir ?", "name": "Je suis {}.",
        "praise": "Oh, merci ! C'est gentil.",
        "laugh": "Haha ! Tant mieux si cela vous amuse.", "ask": "Posez-moi vos questions.",
        "for_example": "Vous pouvez me demander, par exemple : {}",
    },
    "es": {
        "thanks": "¡De nada! ¿Puedo ayudar en algo más?", "goodbye": "¡Adiós, hasta pronto!",
        "how": "¡Muy bien, gracias! ¿Qué quiere saber?", "name": "Soy {}.", "praise": "¡Oh, gracias! Qué amable.",
        "laugh": "¡Jaja! Me alegra que se divierta.", "ask": "Pregúnteme lo que quiera.",
        "for_example": "Puede preguntarme, por ejemplo: {}",
    },
}  # fmt: skip

_CASUAL: Final[dict[str, dict[Line, str]]] = {
    "en": {
        "thanks": "You're welcome! Anything else?", "goodbye": "Bye, see you soon!",
        "how": "Great, thanks! What would you like to know?", "name": "I'm {}.",
        "praise": "Oh, thanks! That's nice of you.", "laugh": "Haha! Glad you're having fun.",
        "for_example": "You can ask me things like: {}",
    },
    "de": {
        "thanks": "Gerne! Sonst noch etwas?", "goodbye": "Tschüss, bis bald!",
        "how": "Super, danke! Was möchtest du wissen?", "ask": "Frag mich einfach.",
        "for_example": "Du kannst mich zum Beispiel fragen: {}",
    },
    "fr": {
        "thanks": "Avec plaisir ! Autre chose ?", "goodbye": "Salut, à bientôt !",
        "how": "Super, merci ! Tu veux savoir quoi ?", "laugh": "Haha ! Tant mieux si ça t'amuse.",
        "ask": "Pose-moi tes questions.", "for_example": "Tu peux me demander, par exemple : {}",
    },
    "es": {
        "thanks": "¡De nada! ¿Algo más?", "goodbye": "¡Hasta luego!", "how": "¡Muy bien, gracias! ¿Qué quieres saber?",
        "laugh": "¡Jaja! Me alegra que te diviertas.", "ask": "Pregúntame lo que quieras.",
        "for_example": "Puedes preguntarme, por ejemplo: {}",
    },
}  # fmt: skip
"""Where a slider towards casual changes a line."""
