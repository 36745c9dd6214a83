import pytest

from articles.text.canonical import canonicalise
from articles.text.notes import NoteKind

GERMAN = "Die Armee übernahm die Stadt, schöne Grüße aus Köln. Für größere Änderungen blieb keine Zeit."
FRENCH = "Le président a annoncé la défaite à l’armée ; les opérations ont cessé dès l’été, où qu’elles fussent."
RUSSIAN = "Сирийская армия взяла под контроль город Эль-Кусейр, сообщает государственное телевидение."
ARABIC = "الجيش السوري يستعيد السيطرة على مدينة القصير بعد أسابيع من القتال"
JAPANESE = "シリア軍は五日、要衝クサイルを制圧したと発表した。反体制派も撤退を認めた。"
CHINESE = "叙利亚政府军周三宣布夺回边境重镇古赛尔，反对派承认已经撤离该镇。战斗持续了近三个星期。"


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_with_or_without_its_mark(name):
    assert canonicalise(FRENCH.encode(name)).text == FRENCH


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (GERMAN, "cp1252"),
        (FRENCH, "cp1252"),
        ("café", "cp1252"),
        ("“It’s a battle that we lost,” they said – twice.", "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (ARABIC, "cp1256"),
        (JAPANESE, "cp932"),
        (CHINESE, "gb18030"),
    ],
)
def test_other_encodings_are_guessed_and_named(text, name):
    canonical = canonicalise(text.encode(name))

    assert canonical.text == text
    assert [(note.kind, note.detail) for note in canonical.report] == [(NoteKind.ENCODING_GUESSED, name)]


def test_utf8_with_a_few_damaged_bytes_is_not_read_as_something_else():
    damaged = GERMAN.encode()[:-1] + b"\xc3"

    canonical = canonicalise(damaged)

    assert canonical.text == GERMAN[:-1] + "\ufffd"
    assert [(note.kind, note.count) for note in canonical.report] == [(NoteKind.UNDECODABLE, 1)]


def test_half_a_character_at_the_end_of_utf16_is_reported():
    canonical = canonicalise("Qusair fell".encode("utf-16") + b"\x00")

    assert canonical.text == "Qusair fell\ufffd"
    assert [note.kind for note in canonical.report] == [NoteKind.UNDECODABLE, NoteKind.BYTE_ORDER_MARK]
