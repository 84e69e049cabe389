"""Which language a text is in, and which of its words say nothing about what it is about.

The names of the languages are those of Snowball's stemmers and of PostgreSQL's text search configurations.
"""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+")
_LOOKED_AT_CHARACTERS = 20_000
_LEAST_SHARE = 0.08
"""Running text has a quarter of such words and more; a list of names or codes has none, and no language either."""

UNKNOWN = "simple"
"""No language that we know: words are taken as they stand."""


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


COMMON_WORDS: dict[str, frozenset[str]] = {
    "english": _words(
        "r u ur pls plz thx im ive dont cant whats wheres hows whos isnt",
        "a an the this that these those and or but nor so if then than as at by for from in into of off on onto",
        "out over to up with without within about above after again against along among around before behind below",
        "between beyond down during near per since through toward towards under until upon via i me my mine we us",
        "our ours you your yours he him his she her hers it its they them their theirs who whom whose which what",
        "when where why how is am are was were be been being do does did doing done have has had having can could",
        "may might must shall should will would not no yes only own same such too very just also here there all",
        "any both each few more most other some much many every either neither else ever s t d ll m re ve don isn",
        "aren wasn doesn didn won can please tell know want like let give show explain say think get got there hi",
        "hello hey thanks thank ok okay anything something nothing everything someone somebody anyone anybody one",
        "whether while because though although",
    ),
    "german": _words(
        "der die das den dem des ein eine einer eines einem einen und oder aber doch denn wenn weil dass daß als",
        "wie so ob im in ins an am ans auf aus bei beim bis durch für gegen mit nach ohne seit um unter über von",
        "vom vor zu zum zur zwischen ich mich mir du dich dir er ihn ihm sie ihr ihnen es wir uns euch man mein",
        "meine meinen dein deine sein seine seiner ihre ihren ihrer unser unsere euer eure wer wen wem was wann wo",
        "wohin woher warum wieso welche welcher welches welchen ist sind war waren bin bist seid sei wird werden",
        "wurde wurden worden habe hat haben hatte hatten kann können könnte muss müssen soll sollen sollte will",
        "wollen darf dürfen möchte mag nicht kein keine keinen keiner nein ja auch nur noch schon sehr mehr hier",
        "da dort dann dies diese dieser dieses diesen jeder jede jedes alle alles viel viele etwas nichts bitte",
        "danke hallo gibt geben sich selbst wieder etwa",
    ),
    "french": _words(
        "le la les l un une des du de d et ou mais donc or ni car que qu qui quoi dont où quand comment pourquoi",
        "combien quel quelle quels quelles ce cet cette ces ça c à au aux en dans par pour sur sous avec sans chez",
        "entre vers depuis pendant avant après contre je j me m moi tu te t toi il elle on nous vous ils elles lui",
        "leur leurs se s mon ma mes ton ta tes son sa ses notre nos votre vos est sont suis es êtes sommes était",
        "étaient être été fut a ai as avez avons ont avait avaient avoir eu fait faire peut peux pouvez pouvons",
        "doit dois ne n pas plus non oui aussi très trop bien si comme même y tout tous toute toutes quelque autre",
        "autres merci bonjour voudrais veux",
    ),
    "spanish": _words(
        "el la los las lo un una unos unas de del y e o u pero que qué quien quién cual cuál cuales cuándo cuando",
        "dónde donde cómo como cuánto cuántos cuánta cuántas por para con sin sobre entre hasta desde hacia en a",
        "al ante bajo contra durante yo me mi mí tú te ti tu él ella usted ustedes ellos ellas nosotros nos se su",
        "sus mis tus nuestro nuestra vuestro le les es son soy eres somos era eran fue fueron ser sido está están",
        "estoy estar hay ha han he has haber había tiene tienen tengo tener puede pueden puedo poder debe no ni sí",
        "si ya más muy también tan todo toda todos todas otro otra otros otras este esta esto estos estas ese esa",
        "eso esos aquí allí gracias hola quiero",
    ),
    "italian": _words(
        "il lo la i gli le l un uno una di del dello della dei degli delle d e ed o ma se che chi cui quale quali",
        "quando dove come perché quanto quanta quanti quante a al allo alla ai agli alle da dal dalla dai dalle in",
        "nel nello nella nei nelle con su sul sulla sui per tra fra io me mi tu te ti lui lei noi ci voi vi loro",
        "si suo sua suoi sue mio mia nostro nostra vostro vostra è sono sei siamo siete era erano essere stato",
        "stata ho hai ha abbiamo avete hanno aveva avere può possono posso potete deve devo non no sì più molto",
        "anche già così tutto tutti tutta altre altro altri questo questa questi queste quello quella ciao grazie",
        "vorrei c",
    ),
    "portuguese": _words(
        "o a os as um uma uns umas de do da dos das e ou mas que quem qual quais quando onde como porque quanto",
        "quantos em no na nos nas num numa por pelo pela pelos pelas para com sem sobre entre até desde ao à aos",
        "às eu me mim tu te ti você vocês ele ela eles elas nós se seu sua seus suas meu minha nosso nossa lhe é",
        "são sou somos era eram foi foram ser sido está estão estou estar há tem têm tenho ter tinha pode podem",
        "posso poder deve não sim já mais muito também tudo todo toda todos todas outro outra este esta isto esse",
        "essa isso aqui ali obrigado olá quero",
    ),
    "dutch": _words(
        "de het een en of maar want dat die dit deze wie wat waar wanneer waarom hoe welke welk hoeveel in op aan",
        "bij uit voor van met naar om te tot over onder door tegen tussen zonder na ik mij me mijn jij je jou jouw",
        "u uw hij hem zijn haar zij ze wij we ons onze jullie hun hen is ben bent was waren wordt worden werd heb",
        "hebt heeft hebben had kan kunnen kunt moet moeten mag mogen wil willen zal zullen zou niet geen nee ja",
        "ook nog al wel er hier daar dan als zo heel veel meer alle alles iets niets graag bedankt hallo doen doet",
    ),
    "swedish": _words(
        "en ett den det de och eller men att som vem vad var när varför hur vilken vilket vilka i på av för från",
        "med till om under över vid efter innan utan mellan jag mig min mitt mina du dig din ni er han hon honom",
        "henne vi oss vår dem deras sin är var vara varit blir bli har hade ha kan kunna ska skulle vill måste får",
        "inte nej ja också så här där då nu mycket mer alla allt något denna detta dessa tack hej finns gör",
    ),
}

LIGHT_WORDS: dict[str, frozenset[str]] = {
    "english": _words(
        "able allowed available become bring called charge come cost costs find go going happen happens here include",
        "included including kind kinds leave long look made make makes making mean means name named need needed needs",
        "offer offered offers possible put see seen sort stuff take taken takes taking thing things type types use",
        "used using way went",
    ),
    "german": _words(
        "bekommen bleiben bringen darf dürfen erlaubt finden geht gehen heißt kommen kostet kosten lange lassen liegt",
        "machen macht mitbringen möglich nehmen sehen werde",
    ),
}
"""Verbs and nouns of every question. Without them a question may be empty, but they hardly say what it is about."""

_CODES = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali",
    "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
LANGUAGES = frozenset(_CODES.values())


def language_of_locale(locale: str) -> str:
    """Return the language of a tag such as `de-AT`, or `simple` for one without a stemmer."""
    return _CODES.get(locale.partition("-")[0].lower(), UNKNOWN)


def code_of(language: str) -> str:
    """Return the first two letters of a language's tag, `und` for none."""
    return next((code for code, name in _CODES.items() if name == language), "und")


def detect_language(text: str, otherwise: str = UNKNOWN) -> str:
    """Say which language a text is in by its commonest words, `otherwise` where they do not tell."""
    words = _WORD.findall(text[:_LOOKED_AT_CHARACTERS].lower())
    counts = {language: _count(words, common) for language, common in COMMON_WORDS.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if words and counts[best] >= _LEAST_SHARE * len(words) else otherwise


def _count(words: Iterable[str], common: frozenset[str]) -> int:
    return sum(1 for word in words if word in common)
