import pytest

from articles.text.notes import Note, NoteKind, sentence


@pytest.mark.parametrize("kind", NoteKind)
@pytest.mark.parametrize("count", [1, 2000])
def test_every_note_has_a_sentence(kind, count):
    words = sentence(Note(kind, count, "detail"))

    assert words.endswith(".")
    assert words[0].isupper() or words[0].isdigit()
    assert "{" not in words


def test_the_sentence_agrees_with_the_number():
    assert sentence(Note(NoteKind.NUL, 1, "here")) == "1 NUL character was removed (here)."
    assert sentence(Note(NoteKind.NUL, 1200, "here")) == "1,200 NUL characters were removed (here)."
