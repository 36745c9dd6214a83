"""Nothing that is typed is lost: fields that save themselves, the outbox, an ended session, two people at once."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, Dialog, Page, Request, expect

from articles.models import AuditEvent, Claim, Evidence, Highlight, Membership, Status, Verdict
from tests.browser.person import Person
from tests.browser.saving import (
    BOATS,
    HURT,
    KINDS,
    SAVED,
    TEXT,
    bench_of,
    entering,
    fail,
    lose_answers,
    page_of,
    recover,
    state,
    wait_until_all_is_sent,
    words,
)
from tests.browsing import HeldRequest, intercept
from tests.factories import PASSWORD, Cast, edit_claim, fresh, make_article, make_claim, make_desk, make_evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.live_server_helper import LiveServer

    from articles.models import ArticleVersion
    from tests.browser.saving import Enter


@pytest.fixture
def cast(live_server: LiveServer) -> Cast:
    return make_desk()


@pytest.fixture
def version(cast: Cast) -> ArticleVersion:
    return make_article(by=cast.alice, text=TEXT, kinds=KINDS, headline="Storm over the lower town").versions.get()


@pytest.fixture
def enter(browser: Browser, live_server: LiveServer, cast: Cast) -> Iterator[Enter]:
    with entering(browser, live_server.url) as enter:
        yield enter


@pytest.fixture
def alice(enter: Enter) -> Person:
    return enter("alice")


def wait_until_painted(page: Page, count: int) -> None:
    page.evaluate(
        """count => new Promise(done => {
          const painted = () => CSS.highlights.get("pending")?.size ?? 0;
          const look = () => painted() === count ? done() : requestAnimationFrame(look);
          look();
        })""",
        count,
    )


def edits(claim: Claim) -> int:
    return AuditEvent.objects.filter(subject_id=claim.pk, action="claim.edited").count()


# Fields that save themselves


def test_words_are_saved_when_the_hand_rests(cast: Cast, alice: Person) -> None:
    claim = make_claim(by=cast.alice)
    alice.page.goto(page_of(claim))

    words(alice.page).press("End")
    words(alice.page).press_sequentially(" It was noon.")

    expect(state(alice.page)).to_have_text(SAVED)
    expect(words(alice.page)).to_be_focused()
    assert fresh(claim).text == f"{claim.text} It was noon."


def test_saving_moves_neither_the_caret_nor_the_field(cast: Cast, alice: Person) -> None:
    claim = make_claim(by=cast.alice)
    alice.page.goto(page_of(claim))
    field = words(alice.page).element_handle()

    words(alice.page).press("Home")
    words(alice.page).press_sequentially("Yesterday ")
    expect(state(alice.page)).to_have_text(SAVED)
    words(alice.page).press_sequentially("only ")

    expect(words(alice.page)).to_have_value(f"Yesterday only {claim.text}")
    assert words(alice.page).evaluate("(area, before) => area === before", field)


def test_a_choice_is_saved_at_once_and_a_name_when_it_is_whole(cast: Cast, alice: Person) -> None:
    claim = make_claim(by=cast.alice)
    alice.page.goto(page_of(claim))
    alice.page.locator(".claim-words details.more").evaluate("box => { box.open = true }")

    alice.page.get_by_label("Claimant").press_sequentially("The may")
    alice.page.get_by_label("Claimant").press_sequentially("or")
    alice.page.get_by_label("Kind", exact=True).first.select_option("figure")

    expect(state(alice.page)).to_have_text(SAVED)
    expect(alice.page.locator("#claim-plan")).to_contain_text("Figure · claimant: The mayor")
    assert (fresh(claim).kind, str(fresh(claim).claimant)) == ("figure", "The mayor")


def test_one_request_at_a_time_and_the_newest_words_after_it(cast: Cast, alice: Person) -> None:
    claim = make_claim(by=cast.alice)
    page = alice.page
    page.goto(page_of(claim))
    held = HeldRequest(page, "**/edit/")

    words(page).fill("First words.")
    first = held.route
    expect(state(page)).to_have_text("Saving…")
    for typed in ("Second words.", "Third words."):
        words(page).fill(typed)
        words(page).blur()
    assert edits(claim) == 0
    first.continue_()

    expect(state(page)).to_have_text(SAVED)
    assert fresh(claim).text == "Third words."
    assert edits(claim) == 2


def test_what_is_wrong_is_said_beside_the_field_and_stays_typed(cast: Cast, alice: Person) -> None:
    claim = make_claim(by=cast.alice)
    page = alice.page
    page.goto(page_of(claim))

    words(page).fill("")

    expect(page.locator("#claim-text_error")).to_have_text("Say what is claimed, in a complete sentence.")
    expect(words(page)).to_have_attribute("aria-invalid", "true")
    expect(state(page)).to_contain_text("Not saved")
    expect(words(page)).to_be_focused()
    words(page).fill("Better words.")
    expect(state(page)).to_have_text(SAVED)
    expect(page.locator("#claim-text_error")).to_be_empty()
    assert fresh(claim).text == "Better words."


@pytest.mark.parametrize("status", [Status.APPROVED, Status.IN_REVIEW])
def test_a_stray_key_unsettles_nothing(cast: Cast, alice: Person, status: Status) -> None:
    claim = make_claim(by=cast.alice, status=status)
    page = alice.page
    page.goto(page_of(claim))

    words(page).press("End")
    words(page).press_sequentially("x")

    expect(state(page)).to_contain_text("Not saved: saving reopens this claim.")
    assert (fresh(claim).status, fresh(claim).text) == (status, claim.text)
    page.reload()
    expect(words(page)).to_have_value(f"{claim.text}x")
    page.get_by_role("button", name="Save and reopen").click()
    expect(page.locator("#claim-panel h2")).not_to_contain_text(status.label.lower())
    expect(state(page)).to_have_text(SAVED)
    assert fresh(claim).text == f"{claim.text}x"


def test_a_verdict_is_about_the_words_that_were_just_typed(cast: Cast, alice: Person) -> None:
    claim = make_claim(by=cast.alice)
    make_evidence(by=cast.alice, claim=claim)
    page = alice.page
    page.goto(page_of(claim))

    page.get_by_label("Supported").check()
    page.get_by_label("Rationale").fill("The log says so.")
    words(page).fill("Just typed.")
    page.get_by_role("button", name="Give verdict").click()

    expect(page.locator("#claim-panel h2")).to_contain_text("in review")
    assert fresh(claim).text == "Just typed."


def test_words_wait_for_what_was_asked_of_their_claim_before(cast: Cast, alice: Person) -> None:
    claim = make_claim(by=cast.alice)
    page = alice.page
    page.goto(page_of(claim))
    held = HeldRequest(page, "**/start/")

    page.get_by_role("button", name="Start checking").click()
    start = held.route
    words(page).fill("Typed meanwhile.")
    words(page).blur()
    expect(state(page)).to_have_text("Saving…")
    assert edits(claim) == 0
    start.continue_()

    expect(page.locator("#messages")).to_contain_text("You are checking this claim.")
    expect(state(page)).to_have_text(SAVED)
    assert (fresh(claim).status, fresh(claim).text) == (Status.CHECKING, "Typed meanwhile.")


def test_an_answer_about_a_claim_that_was_left_is_told_and_seen_in_the_text(
    cast: Cast, version: ArticleVersion, alice: Person
) -> None:
    claim = make_claim(by=cast.alice, version=version, quote=BOATS)
    other = make_claim(by=cast.alice, version=version, quote=HURT)
    page = alice.page
    page.goto(f"{bench_of(version)}?claim={claim.pk}")
    held = HeldRequest(page, "**/start/")

    page.get_by_role("button", name="Start checking").click()
    start = held.route
    page.locator(f"#text a.no[data-claim='{other.pk}']").click()
    expect(words(page)).to_have_value(other.text)
    start.continue_()

    expect(page.locator("#messages")).to_contain_text("You are checking this claim.")
    expect(page.locator("#text mark[data-status=checking]")).to_have_text(re.compile(BOATS))
    expect(words(page)).to_have_value(other.text)
    expect(page.locator("out-box form")).to_have_count(0)


def test_leaving_at_once_loses_nothing(cast: Cast, alice: Person) -> None:
    claim = make_claim(by=cast.alice)
    alice.page.goto(page_of(claim))

    words(alice.page).fill("Typed and left.")
    alice.page.goto(reverse("articles:claim-list", args=[cast.desk.slug]))

    expect(alice.page.locator("unsent-list")).to_be_hidden()
    wait_until_all_is_sent(alice.page)
    alice.page.goto(page_of(claim))
    expect(words(alice.page)).to_have_value("Typed and left.")
    assert (fresh(claim).text, edits(claim)) == ("Typed and left.", 1)


def test_a_page_that_was_written_before_the_last_answer_shows_the_newer_words(cast: Cast, alice: Person) -> None:
    claim, page = make_claim(by=cast.alice), alice.page
    page.goto(page_of(claim))
    before = page.request.get(page_of(claim))
    words(page).fill("Typed and left.")
    words(page).press("Tab")
    expect(state(page)).to_have_text(SAVED)

    intercept(page, f"**{page_of(claim)}", lambda route: route.fulfill(response=before))
    page.goto(page_of(claim))
    expect(words(page)).to_have_value("Typed and left.")
    words(page).press("End")
    words(page).press_sequentially(" And more.")
    words(page).press("Tab")

    expect(state(page)).to_have_text(SAVED)
    wait_until_all_is_sent(page)
    assert (fresh(claim).text, edits(claim)) == ("Typed and left. And more.", 2)


def test_what_this_tab_knows_of_claims_is_gone_at_sign_out(cast: Cast, alice: Person) -> None:
    page = alice.page
    page.goto(page_of(make_claim(by=cast.alice)))
    words(page).fill("Typed and saved.")
    words(page).press("Tab")
    expect(state(page)).to_have_text(SAVED)
    assert "Typed and saved." in page.evaluate("JSON.stringify({...sessionStorage})")

    page.locator("[data-signs-out] button").evaluate("button => button.click()")
    page.wait_for_url("**/accounts/**")

    assert "Typed and saved." not in page.evaluate("JSON.stringify({...sessionStorage})")


@pytest.mark.parametrize("by_hand", [True, False])
def test_typing_goes_on_where_it_began_when_another_claim_comes(
    cast: Cast, version: ArticleVersion, alice: Person, by_hand: bool
) -> None:
    claim = make_claim(by=cast.alice, version=version, quote=BOATS)
    other = make_claim(by=cast.alice, version=version, quote=HURT)
    page = alice.page
    page.goto(f"{bench_of(version)}?claim={claim.pk}")
    page.wait_for_function("() => customElements.get('claim-panel')")
    held = HeldRequest(page, "**/articles/*/?*claim=*")

    if by_hand:
        page.locator(f"#text a.no[data-claim='{other.pk}']").click()
    else:
        alice.select("The storm broke")
        page.locator("[data-act=mark]").click()
    route = held.route
    words(page).press("Control+End")
    words(page).press_sequentially(" half a wo")
    route.continue_()
    expect(page.locator("#messages")).to_contain_text("you are typing there")
    page.keyboard.type("rd")

    expect(words(page)).to_have_value(f"{claim.text} half a word")
    expect(state(page)).to_have_text(SAVED)
    assert fresh(claim).text == f"{claim.text} half a word"
    page.unroute_all()
    page.locator(f"#text a.no[data-claim='{other.pk}']").click()
    expect(words(page)).to_have_value(other.text)


def test_a_field_stays_that_was_entered_while_another_claim_comes(
    cast: Cast, version: ArticleVersion, alice: Person
) -> None:
    claim = make_claim(by=cast.alice, version=version, quote=BOATS)
    other = make_claim(by=cast.alice, version=version, quote=HURT)
    page = alice.page
    page.goto(f"{bench_of(version)}?claim={claim.pk}")
    page.wait_for_function("() => customElements.get('claim-panel')")
    held = HeldRequest(page, "**/articles/*/?*claim=*")

    page.locator(f"#text a.no[data-claim='{other.pk}']").click()
    route = held.route
    # As a screen reader does, without a key or a mouse in the panel.
    words(page).focus()
    route.continue_()
    expect(page.locator("#messages")).to_contain_text("you are typing there")
    page.keyboard.press("Control+End")
    page.keyboard.type(" and so on")

    expect(words(page)).to_have_value(f"{claim.text} and so on")
    expect(state(page)).to_have_text(SAVED)


def test_a_field_that_only_kept_the_focus_makes_way_for_the_claim_wanted_last(
    cast: Cast, version: ArticleVersion, alice: Person
) -> None:
    first, second, third = (
        make_claim(by=cast.alice, version=version, quote=quote) for quote in (BOATS, HURT, "The storm broke")
    )
    page = alice.page
    page.goto(f"{bench_of(version)}?claim={first.pk}")
    page.wait_for_function("() => customElements.get('claim-panel')")
    words(page).focus()

    page.evaluate(
        "claims => claims.forEach(claim => document.dispatchEvent(new CustomEvent('claim:wanted', {detail: {claim}})))",
        [str(second.pk), str(third.pk)],
    )

    expect(words(page)).to_have_value(third.text)
    expect(page.locator("#messages")).not_to_contain_text("you are typing there")


# What waits for its button


def test_what_waits_for_a_button_comes_back_after_a_reload(cast: Cast, alice: Person) -> None:
    claim = make_claim(by=cast.alice)
    piece = make_evidence(by=cast.alice, claim=claim)
    page = alice.page
    page.goto(page_of(claim))
    page.locator("#evidence-add summary").first.click()
    page.get_by_label("Source", exact=True).fill("Port register")
    page.get_by_label("Refuted").check()
    page.get_by_label("Rationale").fill("My long reasons.")
    page.locator(f"#evidence-{piece.pk}").get_by_role("link", name="Edit").click()
    page.locator(f"#evidence-{piece.pk}").get_by_label("Note").fill("A note to keep.")
    expect(page.locator(f"#evidence-{piece.pk} kept-draft")).to_contain_text(
        re.compile(r"Kept in this browser \d\d:\d\d")
    )

    page.reload()

    expect(page.get_by_label("Source", exact=True)).to_have_value("Port register")
    expect(page.get_by_label("Rationale")).to_have_value("My long reasons.")
    expect(page.get_by_label("Refuted")).to_be_checked()
    expect(page.locator(f"#evidence-{piece.pk}").get_by_label("Note")).to_have_value("A note to keep.")
    page.locator(f"#evidence-{piece.pk}").get_by_role("button", name="Save").click()
    expect(page.locator("#claim-panel .evidence")).to_contain_text("A note to keep.")
    page.reload()
    expect(page.locator(f"#evidence-{piece.pk} form[action$='/edit/']")).to_have_count(0)
    expect(page.get_by_label("Rationale")).to_have_value("My long reasons.")
    assert Verdict.objects.count() == 0


def test_a_draft_can_be_thrown_away(cast: Cast, alice: Person) -> None:
    claim = make_claim(by=cast.alice)
    page = alice.page
    page.goto(page_of(claim))
    page.get_by_label("Rationale").fill("My long reasons.")

    page.locator("form[action$='/verdict/'] kept-draft").get_by_role("button", name="Throw away").click()

    expect(page.get_by_label("Rationale")).to_have_value("")
    page.reload()
    expect(page.get_by_label("Rationale")).to_have_value("")


# The server away


@pytest.mark.parametrize("status", [0, 503])
def test_words_wait_for_the_server(cast: Cast, alice: Person, status: int) -> None:
    claim = make_claim(by=cast.alice)
    page = alice.page
    page.goto(page_of(claim))
    fail(page, "**/edit/", status)

    words(page).fill("Typed while it was away.")
    expect(state(page)).to_contain_text("Not saved, will retry")
    expect(page.locator("unsent-list")).to_contain_text("1 change not saved yet")
    words(page).press("End")
    words(page).press_sequentially(" And more.")
    recover(page)

    expect(state(page)).to_have_text(SAVED)
    expect(page.locator("unsent-list")).to_be_hidden()
    assert fresh(claim).text == "Typed while it was away. And more."


def test_an_answer_that_was_lost_is_asked_for_again_and_nothing_happens_twice(cast: Cast, alice: Person) -> None:
    claim = make_claim(by=cast.alice)
    page = alice.page
    page.goto(page_of(claim))

    lose_answers(page, "**/evidence/")
    page.locator("#evidence-add summary").first.click()
    page.get_by_label("Source", exact=True).fill("Port register")
    page.get_by_label("Supports").check()
    page.get_by_label("Words relied on").fill("Forty boats.")
    page.get_by_role("button", name="Add evidence").click()
    expect(page.locator("unsent-list")).to_contain_text("1 change not saved yet")
    recover(page)

    expect(page.locator("#claim-panel ul.evidence > li")).to_have_count(1)
    expect(page.locator("unsent-list")).to_be_hidden()
    expect(page.locator("#evidence-add form kept-draft")).to_be_hidden()
    assert Evidence.objects.count() == 1


def test_a_mark_stays_painted_and_is_sent_after_a_reload(version: ArticleVersion, alice: Person) -> None:
    page = alice.page
    page.goto(bench_of(version))
    fail(page, "**/mark/")
    alice.select(BOATS)
    page.locator("[data-act=mark]").click()
    expect(page.locator("unsent-list")).to_contain_text("1 change not saved yet")
    wait_until_painted(page, 1)
    page.reload()
    wait_until_painted(page, 1)
    recover(page)

    expect(page.locator("article mark")).to_have_text(BOATS)
    wait_until_painted(page, 0)
    expect(page.locator("unsent-list")).to_be_hidden()
    assert Highlight.objects.get().quote == BOATS


def test_many_changes_that_come_to_nothing_make_no_long_pause(version: ArticleVersion, alice: Person) -> None:
    page = alice.page
    page.clock.install()
    page.goto(bench_of(version))
    fail(page, "**/mark/")
    marked = ["The storm", "the lower town at", "the mayor said", BOATS, "in the harbour", "saw the water", HURT]
    for number, quote in enumerate(marked, start=1):
        alice.select(quote)
        page.locator("[data-act=mark]").click()
        expect(page.locator("unsent-list")).to_contain_text(f"{number} change")
    page.unroute_all()

    page.clock.run_for(2000)

    expect(page.locator("unsent-list")).to_be_hidden()
    assert Highlight.objects.count() == len(marked)


def test_the_server_is_asked_again_as_soon_as_it_answers_anything(version: ArticleVersion, alice: Person) -> None:
    make_claim(by=Membership.objects.get(person__username="bob"), version=version, quote=HURT)
    page = alice.page
    page.clock.install()
    page.goto(bench_of(version))
    fail(page, "**/mark/")
    alice.select(BOATS)
    page.locator("[data-act=mark]").click()
    expect(page.locator("unsent-list")).to_contain_text("1 change not saved yet")
    # From now on no pause ends by itself.
    with page.expect_event("requestfailed"):
        page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))
    page.unroute_all()

    page.locator("#text a.no[data-claim]").click()

    expect(page.locator("unsent-list")).to_be_hidden()
    assert Highlight.objects.count() == 2


@pytest.mark.parametrize("is_done", [True, False])
@pytest.mark.parametrize("is_reloaded", [True, False])
def test_borders_moved_after_a_lost_answer_follow_it(
    cast: Cast, version: ArticleVersion, alice: Person, is_done: bool, is_reloaded: bool
) -> None:
    highlight = make_claim(by=cast.alice, version=version, quote=BOATS).highlights.get()
    page = alice.page
    page.goto(f"{bench_of(version)}?claim={highlight.claim_id}")
    end = page.locator(".span-handle[data-edge=end]")
    expect(end).to_be_visible()

    lose_answers(page, "**/adjust/") if is_done else fail(page, "**/adjust/")
    page.keyboard.press("+")
    expect(page.locator("unsent-list")).to_contain_text("1 change not saved yet")
    expect(end).to_have_attribute("aria-valuetext", "in")
    if is_reloaded:
        page.reload()
        expect(end).to_have_attribute("aria-valuetext", "in")
    for key in ("+", "+", "<"):
        page.keyboard.press(key)
    expect(end).to_have_attribute("aria-valuetext", "harbour")
    expect(page.locator("unsent-list")).to_contain_text("1 change not saved yet")
    recover(page)

    expect(page.locator("article mark")).to_have_text("said. At least 40 boats sank in the harbour")
    expect(page.locator("unsent-list")).to_be_hidden()
    assert fresh(highlight).quote == "said. At least 40 boats sank in the harbour"
    assert AuditEvent.objects.filter(action="highlight.adjusted").count() == 2


def test_a_closed_tab_leaves_what_it_had_to_the_next_page(cast: Cast, version: ArticleVersion, alice: Person) -> None:
    claim = make_claim(by=cast.alice)
    page = alice.page
    page.goto(bench_of(version))
    fail(page, "**/mark/")
    for quote in (BOATS, HURT):
        alice.select(quote)
        page.locator("[data-act=mark]").click()
    expect(page.locator("unsent-list")).to_contain_text("2 changes not saved yet")
    other = alice.context.new_page()
    page.close()

    other.goto(page_of(claim))

    expect(other.locator("unsent-list")).to_be_hidden()
    other.goto(bench_of(version))
    expect(other.locator("article mark")).to_have_text([BOATS, HURT])
    assert Highlight.objects.filter(version=version).count() == 2


def test_what_is_refused_later_is_shown_with_its_words(cast: Cast, version: ArticleVersion, alice: Person) -> None:
    claim = make_claim(by=cast.alice)
    page = alice.page
    page.goto(page_of(claim))
    fail(page, "**/edit/")
    words(page).fill("Alice’s words.")
    expect(state(page)).to_contain_text("Not saved, will retry")
    edit_claim(claim, by=cast.bob, text="Bob’s words.")
    page.unroute_all()

    page.goto(bench_of(version))
    expect(page.locator("unsent-list")).to_contain_text("Bob was faster")
    page.locator("unsent-list summary").click()
    expect(page.locator("unsent-list q")).to_have_text("Alice’s words.")
    page.locator("unsent-list").get_by_role("link", name="Show").click()

    expect(page.get_by_role("heading", name="Bob was faster")).to_be_visible()
    page.get_by_role("button", name="Store mine instead").click()
    expect(words(page)).to_have_value("Alice’s words.")
    expect(page.locator("unsent-list")).to_be_hidden()
    assert fresh(claim).text == "Alice’s words."


def test_another_tab_does_not_send_what_is_being_typed(cast: Cast, alice: Person) -> None:
    claim = make_claim(by=cast.alice)
    page = alice.page
    page.goto(page_of(claim))
    page.get_by_role("textbox", name="Claim", exact=True).focus()
    page.locator(".claim-words details.more").evaluate("box => { box.open = true }")
    page.get_by_label("Claimant").press_sequentially("The may")
    sent: list[Request] = []
    other = alice.context.new_page()
    other.on("request", lambda request: sent.append(request) if request.method == "POST" else None)

    other.goto(page_of(claim))
    other.get_by_role("textbox", name="Claim", exact=True).fill("From the other tab.")
    expect(other.locator("#claim-state")).to_have_text(SAVED)
    page.get_by_label("Claimant").press_sequentially("or")
    page.get_by_label("Claimant").blur()

    expect(state(page)).to_have_text(SAVED)
    expect(words(page)).to_have_value("From the other tab.")
    assert len(sent) == 1
    assert (fresh(claim).text, str(fresh(claim).claimant)) == ("From the other tab.", "The mayor")


# Two people


def test_different_fields_of_two_people_merge(cast: Cast, enter: Enter) -> None:
    claim = make_claim(by=cast.alice)
    alice, bob = enter("alice").page, enter("bob").page
    for page in (alice, bob):
        page.goto(page_of(claim))
        page.locator(".claim-words details.more").evaluate("box => { box.open = true }")

    bob.get_by_label("Summary").fill("Bob’s summary")
    bob.get_by_label("Summary").blur()
    expect(state(bob)).to_have_text(SAVED)
    words(alice).fill("Alice’s words.")

    expect(state(alice)).to_have_text(SAVED)
    expect(alice.get_by_label("Summary")).to_have_value("Bob’s summary")
    assert (fresh(claim).text, fresh(claim).summary) == ("Alice’s words.", "Bob’s summary")


def test_the_later_of_two_people_decides_and_the_words_of_both_stay(cast: Cast, enter: Enter) -> None:
    claim = make_claim(by=cast.alice)
    alice, bob = enter("alice").page, enter("bob").page
    for page in (alice, bob):
        page.goto(page_of(claim))

    words(bob).fill("Bob’s words.")
    expect(state(bob)).to_have_text(SAVED)
    words(alice).fill("Alice’s words.")

    expect(alice.get_by_role("heading", name="Bob was faster")).to_be_visible()
    for text in ("Bob’s words.", "Alice’s words."):
        expect(alice.locator(".conflict .texts")).to_contain_text(text)
    alice.on("dialog", lambda dialog: dialog.accept())
    alice.reload()
    expect(alice.get_by_role("heading", name="Bob was faster")).to_be_visible()
    alice.get_by_role("link", name="Keep Bob’s").click()
    expect(words(alice)).to_have_value("Bob’s words.")
    expect(alice.locator("unsent-list")).to_be_hidden()


def test_a_late_answer_brings_nothing_old_back(cast: Cast, version: ArticleVersion, alice: Person) -> None:
    page = alice.page
    page.goto(bench_of(version))
    alice.mark(BOATS)
    # The panel as it was read before the words were saved, and answered after them.
    held = HeldRequest(page, "**/articles/*/?*claim=*")

    page.evaluate(
        "claim => document.dispatchEvent(new CustomEvent('claim:wanted', {detail: {claim}}))",
        str(Claim.objects.get().pk),
    )
    read = held.route.fetch()
    words(page).fill("Saved meanwhile.")
    expect(state(page)).to_have_text(SAVED)
    held.route.fulfill(response=read)
    expect(words(page)).to_have_value("Saved meanwhile.")
    page.unroute_all()
    words(page).press("End")
    words(page).press_sequentially(" Once more.")

    expect(state(page)).to_have_text(SAVED)
    assert Claim.objects.get().text == "Saved meanwhile. Once more."


# The session


def end_session(person: Person) -> None:
    person.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)


def test_an_ended_session_is_renewed_where_the_page_stands(cast: Cast, version: ArticleVersion, alice: Person) -> None:
    page = alice.page
    page.goto(bench_of(version))
    end_session(alice)

    alice.select(BOATS)
    page.locator("[data-act=mark]").click()
    dialog = page.get_by_role("dialog", name="Your session has ended")
    dialog.get_by_label("Password").fill("wrong")
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog.get_by_role("alert")).to_contain_text("No account has this name and this password.")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()

    expect(dialog).to_be_hidden()
    expect(page.locator("article mark")).to_have_text(BOATS)
    words(page).fill("At least 40 boats sank in the harbour on Monday.")
    expect(state(page)).to_have_text(SAVED)
    # Also forms that were on the page before.
    page.locator("[data-act]").first.wait_for(state="attached")
    alice.select(HURT)
    page.locator("[data-act=mark]").click()
    expect(page.locator("article mark")).to_have_text([BOATS, HURT])
    assert Highlight.objects.count() == 2


def test_a_sign_in_in_a_new_tab_is_heard(cast: Cast, alice: Person) -> None:
    claim = make_claim(by=cast.alice)
    page = alice.page
    page.goto(page_of(claim))
    end_session(alice)
    words(page).fill("Typed with care.")
    dialog = page.get_by_role("dialog", name="Your session has ended")

    with page.expect_popup() as opened:
        dialog.get_by_role("link", name="Sign in another way").click()
    opened.value.get_by_label("User name or e-mail").fill("alice")
    opened.value.get_by_label("Password").fill(PASSWORD)
    opened.value.get_by_role("button", name="Sign in").click()

    expect(dialog).to_be_hidden()
    expect(state(page)).to_have_text(SAVED)
    assert fresh(claim).text == "Typed with care."


def test_nothing_is_sent_in_the_session_of_another(cast: Cast, alice: Person) -> None:
    claim = make_claim(by=cast.alice)
    page = alice.page
    page.goto(page_of(claim))
    end_session(alice)
    words(page).fill("Alice typed this.")
    expect(page.get_by_role("dialog", name="Your session has ended")).to_be_visible()

    other = alice.context.new_page()
    other.goto("/accounts/login/")
    other.get_by_label("User name or e-mail").fill("bob")
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("dialog")).to_contain_text("Someone else is signed in here now.")
    other.goto(page_of(claim))
    expect(words(other)).to_have_value(claim.text)
    expect(other.locator("unsent-list")).to_be_hidden()
    assert "Alice typed this." not in other.content()
    assert fresh(claim).text == claim.text


def test_a_token_from_before_another_sign_in_is_renewed(cast: Cast, alice: Person) -> None:
    claim = make_claim(by=cast.alice)
    page = alice.page
    page.goto(page_of(claim))
    page.evaluate(
        """token => {
          document.body.setAttribute("hx-headers", JSON.stringify({ "x-csrftoken": token }));
          for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = token;
        }""",
        "a" * 64,
    )

    words(page).fill("Typed with an old token.")
    expect(state(page)).to_have_text(SAVED)
    page.get_by_role("button", name="Start checking").click()

    expect(page.locator("#claim-panel h2")).to_contain_text("checking")
    assert fresh(claim).text == "Typed with an old token."


def test_signing_out_with_unsent_words_asks_and_leaves_nothing(cast: Cast, alice: Person) -> None:
    claim = make_claim(by=cast.alice)
    page = alice.page
    page.goto(page_of(claim))
    fail(page, "**/edit/")
    words(page).fill("Not sent.")
    expect(page.locator("unsent-list")).to_contain_text("1 change not saved yet")
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss() if len(asked) == 1 else dialog.accept()

    page.on("dialog", answer)
    page.locator("details.menu > summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("unsent-list")).to_contain_text("1 change not saved yet")
    page.get_by_role("button", name="Sign out").click()

    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert asked[0].startswith("1 change is not saved yet")
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('factcheck:'))") == []


# A new highlight


def test_a_new_claim_is_ready_to_be_put_into_words(version: ArticleVersion, alice: Person) -> None:
    page = alice.page
    page.goto(bench_of(version))
    alice.mark(BOATS)

    expect(words(page)).to_be_focused()
    expect(page.get_by_text("makes one assertion, in a complete sentence")).to_be_visible()
    page.keyboard.type(" in Lower Town harbour on Monday.")
    expect(words(page)).to_have_value(f"{BOATS} in Lower Town harbour on Monday.")
    expect(state(page)).to_have_text(SAVED)


def test_the_checklist_is_closed_for_good_and_opens_when_asked(version: ArticleVersion, alice: Person) -> None:
    page = alice.page
    page.goto(bench_of(version))
    alice.mark(BOATS)

    page.get_by_role("button", name="Keep this closed").click()
    expect(page.get_by_text("makes one assertion")).to_be_hidden()
    alice.mark(HURT)
    expect(page.get_by_text("makes one assertion")).to_be_hidden()

    page.locator(".wording summary").click()
    expect(page.get_by_text("makes one assertion")).to_be_visible()
