"""What an action answers when it does not do what was asked. Every message is a sentence for the person who asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from articles.models import Article, EditableRow, RatingScale


class Refused(Exception):
    """The change would break a rule. ``field`` names the input to correct, where one is to blame."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class WouldUnsettle(Refused):
    """A claim that is approved or in review would be unsettled, and nobody asked for that."""


class Stale(Exception):
    """Someone else changed the row first: ``current`` is what is stored now, ``yours`` what was asked for."""

    def __init__(self, current: EditableRow, yours: Mapping[str, Any]) -> None:
        super().__init__("Someone else changed this while you were working on it.")
        self.current = current
        self.yours = dict(yours)


class Superseded(Refused):
    """There is a newer version of what was to be followed by another: ``newest``."""

    def __init__(self, newest: RatingScale) -> None:
        super().__init__("Someone else made a newer version meanwhile. Nothing was stored.")
        self.newest = newest


class AlreadyHere(Exception):
    """The desk already has this text, as ``article``."""

    def __init__(self, article: Article) -> None:
        super().__init__(f"This text is already on the desk: {article}.")
        self.article = article


# What a person reads when the database, and not the code before it, refused: by the name of the constraint, else by
# the SQLSTATE.
SENTENCES = {
    "answer_has_words": "Write down what was answered.",
    "answer_here_is_ones_own": "Say how the answer came: you were not asked yourself.",
    "answer_to_what_is_not_closed": "This query was closed meanwhile. Open it again to write an answer down.",
    "approval_holds": "This claim was approved as it is. Reopen it before you change what was approved.",
    "borders_move_where_it_counts": (
        "This article has a newer version by now. Load the page again and change the highlight there."
    ),
    "blind_finding_was_compared": "This verdict was found blind. First a second person has to find on their own.",
    "desk_origins_in_reason": "Ask for nine independent origins at most.",
    "dismissal_said_once": "Someone said already that these are no copies.",
    "carry_ends_its_highlight": "This was decided meanwhile. Look at it again.",
    "claim_duplicate_of_another": "A claim is no duplicate of itself.",
    "claim_due_reason_has_date": "Give the day by which this is due, or leave out why.",
    "claim_has_text": "A claim needs words. Write what is claimed.",
    "claim_moves": "The claim has moved on meanwhile. Look at it again.",
    "claim_priority_has_reason": "Say why this priority is not normal.",
    "event_by_a_member": "You are not allowed to change the records of this desk.",
    "event_request_once": "This form was already sent for something else. Look at what is stored, then send it again.",
    "evidence_from_usable_source": "This source was withdrawn. Restore it first, or take another.",
    "evidence_locator_has_a_value": "Say where in the source it stands, or leave out what is counted.",
    "evidence_says_something": "Give the words of the source, or a note on what it says.",
    "highlight_counts_once": "This highlight already stands in the article, as it was carried there.",
    "highlight_equals_text": "The selected words are not the words of this version. Reload it and mark them again.",
    "highlight_ends_between_characters": "A border would cut a character in two. Select the whole character.",
    "highlight_has_its_carry": "This highlight belongs to a decision that was taken back. Decide on it again.",
    "highlight_not_empty": "Nothing was selected. Select some words first.",
    "highlight_stands_in_newest": (
        "This article has a newer version by now. Load the page again and select the words there."
    ),
    "invitation_is_settled": "This invitation is not open any more. Ask for a new one.",
    "invitation_says_who": "Say who is invited: a name or an e-mail address.",
    "invitation_within_own_role": "You can invite people up to your own role.",
    "one_membership_per_person": "This person is already on this desk.",
    "one_review_per_verdict": "This verdict has already been reviewed.",
    "origin_kind_is_known": "There is no such kind of origin.",
    "origin_leads_on": "Someone changed one of these origins just now: they would come from each other. Look at both.",
    "origin_leads_to_another": "An origin does not come from itself.",
    "origin_name_is_tidy": "Give the origin a name, with single spaces between its words.",
    "origin_name_once_per_desk": "There is an origin of this name already. Take that one.",
    "passage_keeps_its_words": "This is a passage of a stored article; its words stay as they are there.",
    "query_closed_for_a_reason": "Nobody has answered yet. Say why it is closed without an answer.",
    "query_has_question": "Write what you want to know.",
    "query_keeps_its_words": "A query about these words is not closed. Close it first.",
    "query_stays_as_asked": "This query was answered or closed as it stands. Ask another one.",
    "query_to_another": "A query is not put to the person who asks it.",
    "query_to_somebody": "Say whom you ask.",
    "resolution_is_of_a_difference": "This difference is not yours to resolve so, or is resolved already.",
    "resolution_once": "Someone else resolved this difference just now.",
    "review_by_a_second_person": "You gave this verdict yourself. Someone else has to agree with it.",
    "review_is_of_what_waits": "This verdict does not wait for review any more. Look at the claim again.",
    "merged_source_is_empty": "This source became part of another one just now. Look at it again.",
    "scale_version_once": "Someone else made a new version of the scale just now. Look at it first.",
    "second_finding_is_anothers": "No blind verdict of another person waits for a second finding here.",
    "suggestion_by_a_second_person": "This verdict is yours: take it back to change its words.",
    "suggestion_is_of_what_waits": "These words do not stand in review any more. Look at the claim again.",
    "source_has_title": "A source needs a title.",
    "source_kind_is_known": "There is no such kind of source.",
    "source_merged_into_another": "These are one and the same source.",
    "source_merged_into_standing": "One of the two was merged or withdrawn just now. Look at both again.",
    "source_withdrawn_for_a_reason": "Say why this source cannot be used.",
    "traced_where_it_counts": "This place does not count any more. Load the page again.",
    "username_once": "Someone else signs in with this name. Choose another.",
    "verdict_has_rationale": "Say how you came to this verdict.",
    "verdict_seconded_once": "Someone else gave the second finding just now.",
    "verdict_rests_on_enough": "The evidence does not carry this verdict yet.",
    "version_kind_per_block": "Each block needs one kind. Reload the page and try again.",
    "version_kinds_are_known": "There is no such kind of block.",
    "version_takes_highlights_along": "Someone marked words in the version before just now. Send the new one again.",
    "22001": "Something here is too long to be stored. Shorten it and send it again.",
    "22003": "A number here is too large to be stored.",
    "40P01": "Others are changing the same things just now. Nothing was changed; send it again.",
    "55P03": "Someone else is changing this just now. Nothing was changed; send it again.",
}
