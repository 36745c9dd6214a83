"""Invented pages. A block that begins with "~" is furniture; every other block must be left alone."""

import time

import pytest
from hypothesis import given

from articles.text.furniture import furniture
from tests.text.strategies import texts

PAGES = {
    "cookies, sharing and a newsletter in English": """
~We use cookies to give you the best experience. By continuing you accept our cookie policy.

~Skip to navigation

~Home News Sport Weather

Ferry service to the islands resumes

By Ada Marlowe

~Share this article

The ferry left at dawn on Tuesday with forty passengers.

~Advertisement

"We waited nine days," said one of them.

~Read more: Storm damage closes three harbours

The company expects normal service by Friday.

~Sign up to our newsletter

~Sign up for our morning briefing and get the day's stories in your inbox. You can unsubscribe at any time.

~© 2024 The Harbour Gazette. All rights reserved.

~12 comments
""",
    "the same in Arabic": """
~تخطى إلى المحتوى

العبارة تعود إلى الجزر

غادرت العبارة فجر الثلاثاء وعلى متنها أربعون راكبا.

وقالت الشركة: "انتظرنا تسعة أيام".

~اقرأ أيضا

~عاصفة تغلق ثلاثة موانئ

~جميع الحقوق محفوظة
""",
    "the same in Hebrew": """
~דלג לתוכן

המעבורת חזרה אל האיים

המעבורת יצאה ביום שלישי עם שחר ועליה ארבעים נוסעים.

"חיכינו תשעה ימים", אמר אחד מהם.

~כתבות נוספות

~סערה סגרה שלושה נמלים

~כל הזכויות שמורות
""",
    "the same in Chinese": """
~跳到主要内容

开往群岛的渡轮恢复航行

渡轮星期二清晨载着四十名乘客出发。

“我们等了九天，”其中一人说。

~相关新闻

~风暴关闭三个港口

~版权所有
""",
    "the same in Japanese": """
~本文へスキップ

島へのフェリーが再開

フェリーは火曜日の明け方、乗客四十人を乗せて出港した。

「九日間待った」と一人は語った。

~関連記事

~嵐で三つの港が閉鎖

~無断転載を禁じます
""",
    "the same in German": """
~Zum Inhalt springen

~Wir verwenden Cookies, um Ihnen die bestmögliche Nutzung unserer Seite zu ermöglichen.

Fährverkehr zu den Inseln läuft wieder

Von Ada Marlowe

~Artikel teilen

Die Fähre legte am Dienstag mit vierzig Passagieren ab.

~Anzeige

~Lesen Sie auch: Sturm beschädigt drei Häfen

Die Reederei rechnet bis Freitag mit normalem Betrieb.

~Foto: dpa/Jonas Weber

~Mehr zum Thema

~Drei Häfen nach Sturm gesperrt

~Inselbewohner fordern bessere Versorgung

~Newsletter abonnieren

~Alle Rechte vorbehalten
""",
    "the same in French": """
~Aller au contenu principal

~Nous utilisons des cookies pour améliorer votre expérience.

Les ferries vers les îles repartent

~Partager cet article

Le ferry est parti mardi à l’aube avec quarante passagers.

~Publicité

~À lire aussi : La tempête ferme trois ports

La compagnie attend un retour à la normale vendredi.

~Inscrivez-vous à notre newsletter pour recevoir l’essentiel de l’actualité.

~Sur le même sujet

~Trois ports fermés après la tempête

~Tous droits réservés
""",
    "the same in Spanish": """
~Saltar al contenido

~Utilizamos cookies para mejorar su experiencia. Al continuar acepta nuestra política de cookies.

Los transbordadores vuelven a las islas

~Compartir

~Imprimir

El transbordador zarpó el martes con cuarenta pasajeros.

~Publicidad

~Lea también: El temporal cierra tres puertos

La compañía espera la normalidad para el viernes.

~Suscríbete a nuestro boletín

~Te puede interesar

~Tres puertos cerrados por el temporal

~Todos los derechos reservados
""",
    "links and teasers after the story": """
Council votes to keep the lido open

The vote was unanimous.

~Related stories

~• Swimmers gather outsideIn pictures

~The last summer of the old pool?

~• Town hallBudget

~How the council found the money.

~Copyright 2024 Westmere Echo
""",
    "a box of links inside the story": """
Council votes to keep the lido open

The vote was unanimous.

~Read more

~Swimmers gather outside the town hall

Opening hours

The pool opens at six.
""",
    "a page copied whole": """
~Skip to content

~Home

~• UK

~• Middle East

~• In Pictures

~Harbour Weather

~Westmere Live

~Search

~Sign in

Ferry service resumes

By Ada Marlowe

5 June 2024

The ferry left at dawn.

~Continue reading the main story

The company expects normal service by Friday.

~(Photo: AP)

~Image source, Getty Images

~Photo by Ada Marlowe/Westmere Echo

~Listen to this article · 5:34 min

~Follow Westmere Echo on Facebook

~Copyright The Westmere Echo. All rights reserved. This material may not be published.

~Thank you for reading

~Loading...

~Share
""",
    "other headlines under the name of the site": """
Council votes to keep the lido open

The vote was unanimous.

~Library to close on Mondays from autumn

~Bus drivers announce a strike over pay

~Westmere Echo Articles
""",
    "an error page after the story": """
Council votes to keep the lido open

The vote was unanimous.

~Page not found

~The page you requested no longer exists.
""",
    "an error page before the story": """
~Seite nicht gefunden

~Die gesuchte Seite wurde nicht gefunden.

Stadtrat erhält das Freibad

Die Abstimmung war einstimmig.
""",
    "breadcrumbs, a browser notice and an agency's caption": """
~Home › Europe › Ferries

Ferry service resumes

The ferry left at dawn.

~https://example.org/short/1

~GettyImages 123456789 A ferry leaves the harbour on Tuesday. (Photo credit should read X/Getty Images)

~Picture: Reuters/Ada Marlowe

The company expects normal service by Friday.

~This page is best viewed in a modern browser. Please consider upgrading.
""",
}

STORIES = {
    "about cookies": """
We use cookies every day, and few of us know it

Every site asks. This website uses cookies, says one banner; another wants to know everything.

The regulator found that most banners break the law.

This website uses cookies to track children, the regulator found.

"We use cookies to improve your experience," the company wrote on its page.
""",
    "quoting an error page": """
A ministry disappears from the web

Visitors to the ministry's site saw three words:

Page not found

The page you requested no longer exists, the server said.

"Page not found," the minister repeated. "What do you want me to say?"

Not found.
""",
    "ending by showing an error page": """
A ministry disappears from the web

On Monday the site showed three words and nothing else:

Page not found
""",
    "of one paragraph": """
The town fell on Wednesday after three weeks of fighting.
""",
    "of one line without a full stop": """
Town falls after three weeks of fighting
""",
    "ending on short sentences": """
The last day of the lido

The water was cold.

Nobody spoke.

Home.

He closed the gate. Then he left.

So ended summer.
""",
    "of short quoted lines": """
What they said at the gate

“We lost.”

“No comment.”

“Read more”

“Share this”

“I will be back”
""",
    "ending with a list of names": """
The names

The council published the names of the swimmers on Monday:

Ada Marlowe, 34, a teacher from Westmere

Jonas Weber, 19, a student from Holt

Home

News

Weather
"""[:-22],
    "with a poem after a colon": """
The poet's last lines

She read the lines that everybody knew:

The river ran beneath the town that night

And nobody could say where it had gone

Westmere Echo Stories
"""[:-23],
    "of many short lines without full stops": """
Swimmers

By Ada Marlowe

She counted

One for the water

Two for the light

Three for the gate

Nobody came.
""",
    "in Japanese, without spaces": """
北の島々へのフェリーが再開

火曜の朝に出港

四十人が乗船

九日間の欠航の後

住民に安堵の声

会社は金曜までの平常化を見込む

フェリーは火曜日の夜明けに四十人の乗客を乗せて出港した。
""",
    "that ends in a question after a single link": """
Council votes

The vote was unanimous.

Who will pay?
""",
    "addressing its reader": """
How to read a ballot

Sign your name below the line.

Follow us on this walk through the archive and you will see the difference.

Subscribe to a theory and you will find its proof.

Your browser is not your friend.

Copyright law changed in 2015, and with it this story.

Skip to the end, he said, and you will miss the point.

Already registered voters need not do anything.
""",
    "with bullet points that end it": """
What we know

The council published three findings.

• The pool leaks.

• The pump is older than the town hall.

• Nobody was told.
""",
    "with headings that sound like labels": """
The library at night

The reading room is full.

More in common

Readers of all ages come here.

Plus de lumière

They ask for lamps.
""",
    "in Thai, which has no full stops": """
เรือเฟอร์รีกลับมาให้บริการ

เรือออกจากท่าในเช้าวันอังคารพร้อมผู้โดยสารสี่สิบคน หลังหยุดให้บริการเก้าวันเพราะพายุ

บริษัทคาดว่าจะให้บริการตามปกติภายในวันศุกร์ และขออภัยในความไม่สะดวก
""",
}


def blocks_of(page: str) -> list[str]:
    return page.strip("\n").split("\n\n")


@pytest.mark.parametrize("name", PAGES)
def test_furniture_of_a_page(name):
    marked = blocks_of(PAGES[name])

    found = furniture([block.removeprefix("~") for block in marked])

    assert [b for i, b in enumerate(marked) if i in found] == [b for b in marked if b.startswith("~")]


@pytest.mark.parametrize("name", STORIES)
def test_no_sentence_of_a_story_is_furniture(name):
    story = blocks_of(STORIES[name])

    assert [story[i] for i in furniture(story)] == []


@pytest.mark.parametrize("name", STORIES)
def test_a_story_stays_whole_inside_a_page(name):
    story = blocks_of(STORIES[name])
    page = ["Skip to main content", *story, "Related stories", "Another story altogether", "© 2024 Westmere Echo"]

    found = furniture(page)

    assert [page[i] for i in sorted(found) if page[i] in story] == []
    assert {0, len(story) + 1, len(story) + 3} <= found


@given(texts)
def test_any_blocks_are_sorted(text):
    blocks = text.split("\n\n")

    assert furniture(blocks) <= set(range(len(blocks)))


@pytest.mark.parametrize(
    "block", ["Related stories", "Page not found", "Advertisement", "Home", "A headline of several words", "Ended."]
)
def test_many_blocks_take_linear_time(block):
    started = time.process_time()

    furniture([block] * 20_000)

    assert time.process_time() - started < 3


@pytest.mark.parametrize("line", ["(" * 100_000, "we use cookies " * 10_000, "copyright " * 10_000, "A B " * 30_000])
def test_a_long_block_takes_linear_time(line):
    started = time.process_time()

    furniture([line, line])

    assert time.process_time() - started < 2
