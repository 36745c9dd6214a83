"""What an action answers when it does not do what was asked. Every message is a sentence for the person who asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from articles.models import Article, EditableRow


class Refused(Exception):
    """The change would break a rule. ``field`` names the input to correct, where one is to blame."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class Stale(Exception):
    """Someone else changed the row first: ``current`` is what is stored now, ``yours`` what was asked for."""

    def __init__(self, current: EditableRow, yours: Mapping[str, Any]) -> None:
        super().__init__("Someone else changed this while you were working on it.")
        self.current = current
        self.yours = dict(yours)


class AlreadyHere(Exception):
    """The desk already has this text, as ``article``."""

    def __init__(self, article: Article) -> None:
        super().__init__(f"This text is already on the desk: {article}.")
        self.article = article


# What a person reads when the database, and not the code before it, refused.
SENTENCES = {
    "approval_holds": "This claim was approved as it is. Reopen it before you change what was approved.",
    "claim_moves": "The claim has moved on meanwhile. Look at it again.",
    "highlight_equals_text": "The selected words are not the words of this version. Reload it and mark them again.",
    "highlight_not_empty": "Nothing was selected. Select some words first.",
    "one_review_per_verdict": "This verdict has already been reviewed.",
    "one_source_per_article": "Someone cited this article just now. Try again.",
    "review_by_a_second_person": "You gave this verdict yourself. Someone else has to agree with it.",
    "verdict_rests_on_enough": "The evidence does not carry this verdict yet.",
}
