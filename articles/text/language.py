"""The language of a text: by its letters where they tell, else by its commonest small words."""

import re

_STOP_WORDS = {
    "en": "the and of to in that was for is on with as by at from has had were said have been it",
    "de": "der die und das den von ist mit dem ein eine auf nicht für im des sich zu wurde auch als",
    "fr": "le la les des et est du une dans que qui pour sur par avec pas au ont été aux ce cette",
    "es": "el la los las y que del una por con para su se no es al fue como más han sus lo",
    "it": "il la di che e un una per non con sono della dei alla nel è gli anche le del ha",
    "pt": "o os as que não uma com para por dos da do em foi no na é mais são ao um",
    "nl": "de het een en van dat is niet op te voor met zijn aan door werd ook bij uit die",
    "pl": "i w na z nie się do że jest to po od jak przez za o dla był są",
    "sv": "och att det som en på är av för med den till inte om ett har de var från",
    "tr": "ve bir bu da de için ile olarak olan çok daha gibi sonra kadar ancak ise",
}
_WORDS = {name: frozenset(words.split()) for name, words in _STOP_WORDS.items()}
# The first script that holds a tenth of the letters decides, so the rarer letters stand before.
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ar", re.compile("[\u0620-\u064a]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("ru", re.compile("[\u0430-\u044f\u0451]", re.IGNORECASE)),
    ("el", re.compile("[\u03b1-\u03c9]", re.IGNORECASE)),
    ("hi", re.compile("[\u0905-\u0939]")),
    ("th", re.compile("[\u0e01-\u0e2e]")),
)
# Letters of a sister language that the first one does not have.
_SISTERS = (
    ("ru", "uk", re.compile("[іїєґ]", re.IGNORECASE)),
    ("ar", "fa", re.compile("[پچژگ]")),
)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_SAMPLE = 20_000  # characters
_LEAST_SHARE = 0.1  # of words: texts in a known language have 0.25 and more
_LEAST_WORDS = 3


def language(text: str) -> str:
    """A code such as "en", or an empty string when nothing speaks for a language."""
    sample = text[:_SAMPLE]
    return _by_script(sample) or _by_words(sample)


def direction(text: str) -> str:
    """ "rtl" where at least half of the letters are written from right to left, else "ltr"; empty without letters."""
    letters = re.findall(r"[^\W\d_]", text[:_SAMPLE])
    if not letters:
        return ""
    return "rtl" if 2 * sum(map(bool, map(_RIGHT_TO_LEFT.match, letters))) >= len(letters) else "ltr"


def _by_script(text: str) -> str:
    letters = len(re.findall(r"[^\W\d_]", text))
    for name, script in _SCRIPTS:
        if letters and len(script.findall(text)) * 10 > letters:
            sister = (other for of, other, own in _SISTERS if of == name and own.search(text))
            return next(sister, name)
    return ""


def _by_words(text: str) -> str:
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = {name: sum(word in known for word in words) for name, known in _WORDS.items()}
    best = max(counts, key=lambda name: counts[name])
    enough = counts[best] >= max(_LEAST_WORDS, _LEAST_SHARE * len(words))
    return best if enough else ""
