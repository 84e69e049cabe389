"""Which words of a clip's name mean which role, and which words forbid a role altogether.

Single words and phrases, all lower case. Forms are listed one by one: stems would match "Pitching" and "Swing".
"""

from typing import Final

from shared.contract.acting import Role

ROLE_WORDS: Final[dict[Role, tuple[str, ...]]] = {
    "idle": ("idle", "idling", "breathing", "breathe", "rest", "resting", "standing", "stand", "neutral", "default"),
    "idle_variant": (
        "idle variation", "idle variant", "idle break", "look around", "looking around", "looking", "weight shift",
        "shift weight", "stretch", "stretching", "fidget", "fidgeting", "bored", "wait", "waiting", "yawn", "yawning",
    ),
    "listening": ("listen", "listening", "attentive", "hearing"),
    "thinking": ("think", "thinking", "ponder", "pondering", "thoughtful", "contemplate", "contemplating"),
    "talking": (
        "talk", "talking", "speak", "speaking", "speech", "explain", "explaining", "conversation", "discuss",
        "discussing", "chat", "chatting",
    ),
    "greet": (
        "wave", "waves", "waving", "hello", "hi", "hey", "greet", "greets", "greeting", "welcome", "welcoming",
        "salute", "saluting",
    ),
    "goodbye": ("bye", "goodbye", "good bye", "bye bye", "farewell", "wave goodbye", "wave bye", "waving goodbye"),
    "nod": (
        "yes", "nod", "nods", "nodding", "agree", "agreeing", "agreement", "acknowledge", "acknowledging", "head nod",
        "nod head", "nod yes", "head nod yes",
    ),
    "shake_head": (
        "no", "shake head", "head shake", "shaking head", "shakes head", "shake head no", "head shake no", "disagree",
        "disagreeing", "refuse", "refusing",
    ),
    "shrug": ("shrug", "shrugs", "shrugging", "dunno", "whatever", "dont know", "don t know"),
    "present": (
        "present", "presenting", "point", "pointing", "show", "showing", "explain gesture", "pointing gesture",
        "introduce", "introducing",
    ),
    "approve": ("thumbs up", "thumb up", "ok", "okay", "approve", "approving", "approval", "victory sign"),
    "thank": (
        "thank", "thanks", "thank you", "thankful", "thanking", "bow", "bowing", "namaste", "curtsy", "curtsey",
        "grateful",
    ),
    "celebrate": (
        "cheer", "cheers", "cheering", "clap", "claps", "clapping", "applause", "applaud", "applauding", "victory",
        "celebrate", "celebrating", "celebration", "excited", "joy", "joyful", "fist pump", "hooray", "happy", "win",
        "winning", "high five", "hi five",
    ),
    "laugh": ("laugh", "laughs", "laughing", "laughter", "giggle", "giggling", "chuckle", "chuckling"),
    "sad": (
        "sad", "sadness", "cry", "crying", "disappointed", "disappointment", "defeated", "defeat", "sob", "sobbing",
    ),
    "surprised": (
        "surprise", "surprised", "shock", "shocked", "gasp", "gasping", "amazed", "amazement", "astonished",
    ),
    "confused": ("confused", "confusion", "scratch", "scratching", "puzzled", "unsure", "scratch head"),
    "shy": ("shy", "bashful", "embarrassed", "timid", "sorry", "apology", "apologize", "apologizing"),
    "frustrated": ("angry", "anger", "annoyed", "frustrated", "frustration", "stomp", "stomping", "mad"),
    "afraid": ("afraid", "scared", "fear", "terrified", "nervous"),
    "affection": ("affection", "love", "heart", "kiss", "blow kiss", "blowing kiss", "hug", "hugging"),
    "attention": ("attention", "beckon", "beckoning", "come here", "get attention"),
    "poked": ("poked", "poke", "tickle", "tickled"),
    "dance": ("dance", "dances", "dancing", "dancer"),
    "sleep": ("sleep", "sleeping", "asleep", "snooze"),
    "appear": ("appear", "appearing", "enter", "entrance", "spawn", "intro"),
}  # fmt: skip

WEAK_IDLE_WORDS: Final = frozenset({"rest", "resting", "standing", "stand", "neutral", "default"})
"""Words that say only how the body is held: any other role's word in the name is heard first."""

FIRST_ROLES: Final[tuple[Role, ...]] = ("nod", "shake_head")
HEAD_WORDS: Final = frozenset({"head", "nod", "nodding", "nods"})
"""A name with one of these and a nod or a shake is one, whatever mood stands beside it."""

FORBIDDING: Final[tuple[str, ...]] = (
    "walk", "walks", "walking", "walked", "run", "runs", "running", "jog", "jogging", "sprint", "sprinting", "strafe",
    "strafing", "crouch", "crouching", "crouched", "jump", "jumps", "jumping", "fall", "falling", "land", "landing",
    "death", "die", "dies", "dying", "dead", "punch", "punching", "kick", "kicking", "combat", "fight", "fighting",
    "attack", "attacking", "melee", "ranged", "sword", "shoot", "shooting", "shot", "aim", "aiming", "reload",
    "reloading", "block", "blocking", "dodge", "dodging", "roll", "rolling", "hit", "hurt", "damage", "spellcast",
    "spellcasting", "spell", "magic", "sit", "sits", "sitting", "seated", "lie", "lying", "lay", "laying", "stand up",
    "standup", "get up", "getting up", "t pose", "tpose", "a pose", "apose", "bind pose", "rest pose", "ref pose",
    "help", "swim", "swimming", "climb", "climbing", "crawl", "crawling", "gun", "rifle", "pistol", "knife", "weapon",
    "arrow", "archery", "throw", "throwing", "stumble", "knocked", "knockdown", "fly", "flying", "zombie", "turn",
    "turning", "flip", "backflip", "phone", "drive", "driving", "pick up", "pickup", "equip",
)  # fmt: skip
"""Locomotion, combat and furniture: no role, whatever else the name says."""

EMPTY_WORDS: Final = frozenset({
    "mixamo", "com", "layer", "baselayer", "base", "take", "anim", "anims", "animation", "animations", "action",
    "actions", "loop", "looped", "looping", "armature", "rig", "skeleton", "metarig", "root", "clip", "motion",
    "track", "nla", "scene", "gltf", "glb", "fbx", "bip", "character", "characterarmature", "humanarmature",
    "var", "version", "ver", "copy", "final", "new",
})  # fmt: skip
"""Words that tools and habits put into names; they say nothing of the motion."""
