import pytest

from articles.text.language import direction, language

SENTENCES = {
    "en": "The army said that it had taken the town after weeks of fighting, and the rebels had left.",
    "de": "Die Armee hat die Stadt nach Wochen eingenommen, und der Widerstand ist in den Norden gezogen.",
    "fr": "L’armée a repris la ville après des semaines de combats, et les rebelles ont quitté le centre dans la nuit.",
    "es": "El ejército tomó la ciudad después de tres semanas y los rebeldes se retiraron por la noche.",
    "it": "L’esercito ha preso la città dopo tre settimane e i ribelli non sono rimasti nella zona.",
    "pt": "O exército tomou a cidade depois de três semanas e os rebeldes não ficaram na zona.",
    "nl": "Het leger heeft de stad na drie weken ingenomen en de rebellen zijn in de nacht vertrokken.",
    "ar": "الجيش السوري يستعيد مدينة القصير بعد أسابيع من القتال",
    "fa": "ارتش سوریه پس از هفته‌ها نبرد شهر را پس گرفت و گفت",
    "he": "הצבא הסורי כבש את העיר",
    "ru": "Сирийская армия взяла город",
    "uk": "Сирійська армія взяла місто",
    "el": "Ο στρατός πήρε την πόλη",
    "zh": "叙利亚军队夺回古赛尔",
    "ja": "シリア軍が町を制圧した",
    "ko": "시리아군이 도시를 되찾았다",
    "hi": "सेना ने शहर पर कब्जा किया",
    "th": "กองทัพยึดเมืองได้",
}


@pytest.mark.parametrize("name", SENTENCES)
def test_language(name):
    assert language(SENTENCES[name]) == name


@pytest.mark.parametrize("text", ["", "80,000", "Qusair", "Lorem ipsum dolor sit amet"])
def test_a_language_is_not_invented(text):
    assert language(text) == ""


def test_a_foreign_name_does_not_change_the_language():
    assert language(f"{SENTENCES['en']} (القصير)") == "en"


@pytest.mark.parametrize("name", SENTENCES)
def test_direction(name):
    assert direction(SENTENCES[name]) == ("rtl" if name in ("ar", "fa", "he") else "ltr")


def test_the_direction_follows_most_letters():
    assert direction(f"{SENTENCES['en']} (القصير)") == "ltr"
    assert direction("80,000") == ""
