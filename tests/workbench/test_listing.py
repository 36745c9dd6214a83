from articles.listing import PIECE, Row, write_pieces, write_rows

CLAIM = "01a20000-0000-7000-8000-000000000001"


def test_rows_say_the_claim_and_its_status() -> None:
    html = write_rows([Row(7, CLAIM, "set_aside", "Boats & <more>")], "?")

    assert f'href="?claim={CLAIM}' in html
    assert "<b>7</b>" in html
    assert "Boats &amp; &lt;more&gt;" in html
    assert "set aside" in html


def test_pieces_hold_all_the_rows_and_no_words_end_one() -> None:
    html = write_pieces([Row(n, CLAIM, "open", "</script><b>") for n in range(1, PIECE + 2)], "?")

    assert html.count("<li ") == PIECE + 1
    assert html.count("<script") == html.count("</script>") == 2
