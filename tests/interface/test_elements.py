"""The custom elements in a real browser, on the gallery."""

import re

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from tests.browsing import HeldRequest

NOTE = "#sent-words"


@pytest.fixture
def gallery(page: Page, gallery_server: str) -> Page:
    page.goto(f"{gallery_server}/gallery/")
    page.wait_for_function("() => customElements.get('unsaved-guard') && window.htmx")
    page.evaluate("document.activeElement.blur()")
    return page


def request_id(page: Page, form: str = "#sent") -> str:
    return page.locator(f"{form} [name=request_id]").input_value()


def send(page: Page, form: str = "#sent") -> None:
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.locator(form).get_by_role("button", name="Send").click()


def answering(page: Page, answer: str) -> list[str]:
    """The kinds of questions that the page has asked, each of them answered."""
    asked: list[str] = []

    def on_dialog(dialog: Dialog) -> None:
        asked.append(dialog.type)
        getattr(dialog, answer)()

    page.on("dialog", on_dialog)
    return asked


def test_the_counter_counts_code_points_and_cuts_nothing(gallery: Page) -> None:
    gallery.get_by_label("Summary").first.fill("😀" * 76)

    expect(gallery.locator("char-counter").first).to_contain_text("1 too many")
    assert gallery.get_by_label("Summary").first.get_attribute("maxlength") is None


def test_the_counter_speaks_near_the_end_only(gallery: Page) -> None:
    heard = gallery.locator("char-counter [role=status]").first
    gallery.get_by_label("Summary").first.fill("a" * 20)
    gallery.wait_for_timeout(1100)
    assert heard.text_content() == ""

    gallery.get_by_label("Summary").first.fill("a" * 70)
    expect(heard).to_have_text("5 left")


def test_a_request_id_is_renewed_after_a_success(gallery: Page) -> None:
    first = request_id(gallery)
    send(gallery)

    expect(gallery.locator("#sent [name=request_id]")).not_to_have_value(first)
    assert re.fullmatch(r"[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}", request_id(gallery))


def test_a_retry_after_a_failure_sends_the_same_request_id(gallery: Page) -> None:
    first = request_id(gallery, "#lost")
    send(gallery, "#lost")

    assert request_id(gallery, "#lost") == first


def test_other_words_after_a_failure_are_another_request(gallery: Page) -> None:
    first = request_id(gallery, "#lost")
    send(gallery, "#lost")
    gallery.fill("#lost-words", "other words")

    assert request_id(gallery, "#lost") != first


def test_a_failure_is_said_and_the_words_stay(gallery: Page) -> None:
    gallery.fill("#lost-words", "typed")
    send(gallery, "#lost")

    expect(gallery.get_by_role("alert")).to_contain_text("Not saved. The server did not answer; try again.")
    expect(gallery.locator("#lost-words")).to_have_value("typed")


def test_a_lost_connection_is_said_and_forgotten_when_it_is_back(gallery: Page, context: BrowserContext) -> None:
    context.set_offline(True)
    gallery.locator("#sent").get_by_role("button", name="Send").click()
    expect(gallery.get_by_role("alert")).to_contain_text("Not saved.")

    context.set_offline(False)
    send(gallery)
    expect(gallery.get_by_role("alert")).to_have_count(0)


def test_unsaved_words_are_not_left_without_asking(gallery: Page) -> None:
    asked = answering(gallery, "accept")
    gallery.locator("#lost-words").press_sequentially("typed")
    gallery.reload()

    assert asked == ["beforeunload"]


def test_saved_words_are_left_without_asking(gallery: Page) -> None:
    asked = answering(gallery, "accept")
    gallery.locator(NOTE).press_sequentially("typed")
    send(gallery)
    # The conflict on the gallery holds words that are not stored.
    gallery.locator(".conflict").evaluate("conflict => conflict.remove()")
    gallery.reload()

    assert asked == []


def test_a_swap_does_not_take_unsaved_words(gallery: Page) -> None:
    asked = answering(gallery, "dismiss")
    gallery.locator("#lost-words").press_sequentially("typed")
    gallery.evaluate("htmx.ajax('GET', '/suggest/', {target: 'aside', source: '.pager a'})")

    expect(gallery.locator("#lost-words")).to_have_value("typed")
    assert asked == ["confirm"]


def test_keys_press_what_they_stand_for(gallery: Page) -> None:
    gallery.keyboard.press("/")
    expect(gallery.get_by_placeholder("Find claims")).to_be_focused()

    gallery.keyboard.type("g a")
    expect(gallery.get_by_placeholder("Find claims")).to_have_value("g a")


def test_a_sequence_of_keys_leads_to_a_place(gallery: Page) -> None:
    gallery.locator(".conflict").evaluate("conflict => conflict.remove()")
    gallery.keyboard.press("g")
    gallery.keyboard.press("a")

    gallery.wait_for_url("**/d/foreign/articles/")


def test_the_keys_are_listed_and_can_be_switched_off(gallery: Page) -> None:
    gallery.keyboard.press("?")
    dialog = gallery.get_by_role("dialog", name="Keys")
    expect(dialog.get_by_role("listitem").filter(has_text="Articlesga")).to_be_visible()

    dialog.get_by_label("Use single keys").uncheck()
    gallery.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    gallery.keyboard.press("/")
    expect(gallery.get_by_placeholder("Find claims")).not_to_be_focused()


def test_a_key_is_changed_where_it_is_listed(gallery: Page) -> None:
    gallery.keyboard.press("?")
    field = gallery.get_by_label("Key: Find claims, articles, sources")
    field.press("f")
    expect(gallery.locator("#keys li", has=field)).to_contain_text("Now f.")
    gallery.keyboard.press("Escape")

    expect(gallery.locator("form.find kbd")).to_have_text("f")
    gallery.keyboard.press("/")
    expect(gallery.get_by_placeholder("Find claims")).not_to_be_focused()
    gallery.keyboard.press("f")
    expect(gallery.get_by_placeholder("Find claims")).to_be_focused()


@pytest.mark.parametrize(("key", "said"), [("?", "? is “Keys”. This stays /."), ("x", "x does something else.")])
def test_a_key_that_is_taken_stays_what_it_was(gallery: Page, key: str, said: str) -> None:
    gallery.keyboard.press("?")
    field = gallery.get_by_label("Key: Find claims, articles, sources")
    field.press(key)

    expect(gallery.locator("#keys li", has=field)).to_contain_text(said)
    expect(field).to_have_value("/")


def test_changed_keys_are_as_at_first_again(gallery: Page) -> None:
    gallery.keyboard.press("?")
    gallery.get_by_label("Key: Find claims, articles, sources").press("f")
    expect(gallery.locator("form.find kbd")).to_have_text("f")

    gallery.get_by_role("button", name="Reset all keys").click()

    expect(gallery.get_by_label("Key: Find claims, articles, sources")).to_have_value("/")
    expect(gallery.locator("form.find kbd")).to_have_text("/")


def test_a_chord_sends_the_form_one_types_in(gallery: Page) -> None:
    gallery.get_by_label("Text").first.fill("typed")
    with gallery.expect_navigation(url="**/echo/"):
        gallery.keyboard.press("Control+Enter")


def test_a_message_with_an_undo_stays_and_can_be_dismissed(gallery: Page) -> None:
    message = gallery.locator("message-toast").filter(has_text="Highlight removed.")
    expect(message.get_by_role("button", name="Undo")).to_be_visible()

    message.get_by_role("button", name="Dismiss").click()
    expect(message).to_have_count(0)


def test_a_recent_time_is_said_as_one_says_it(gallery: Page) -> None:
    expect(gallery.locator("time").first).to_have_text("3 minutes ago")
    expect(gallery.locator("time").first).to_have_attribute("title", re.compile(r"\d{4}, \d\d:\d\d"))


def test_a_combo_box_is_chosen_from_with_the_keyboard(gallery: Page) -> None:
    words = gallery.get_by_role("combobox", name="Claim")
    words.press_sequentially("bridge")
    option = gallery.get_by_role("option", name="The bridge was closed")
    expect(option).to_be_visible()
    words.press("ArrowDown")
    expect(words).to_have_attribute("aria-activedescendant", "claim-options-0")
    words.press("Enter")

    expect(words).to_have_value("The bridge was closed for nine days.")
    expect(gallery.locator("[name=claim]")).to_have_value("1")
    expect(option).to_be_hidden()


def test_a_late_answer_opens_no_list_after_a_choice(gallery: Page) -> None:
    words = gallery.get_by_role("combobox", name="Claim")
    words.press_sequentially("brid")
    expect(gallery.get_by_role("option", name="The bridge was closed")).to_be_visible()
    held = HeldRequest(gallery, "**/suggest/*")

    with gallery.expect_request("**/suggest/*"):
        words.press("g")
    words.press("ArrowDown")
    words.press("Enter")
    with gallery.expect_response("**/suggest/*"):
        held.route.continue_()
    gallery.evaluate("new Promise(requestAnimationFrame)")

    expect(gallery.locator("[name=claim]")).to_have_value("1")
    expect(gallery.locator("#claim-options")).to_be_hidden()


def test_typing_on_takes_a_choice_back(gallery: Page) -> None:
    words = gallery.get_by_role("combobox", name="Claim")
    words.press_sequentially("bridge")
    gallery.get_by_role("option", name="The bridge was closed").click()
    expect(gallery.locator("[name=claim]")).to_have_value("1")

    words.press("Backspace")
    expect(gallery.locator("[name=claim]")).to_have_value("")


def test_escape_closes_the_list_and_keeps_the_words(gallery: Page) -> None:
    words = gallery.get_by_role("combobox", name="Claim")
    words.press_sequentially("zebra")
    expect(gallery.get_by_text("Nothing found")).to_be_visible()
    words.press("Escape")

    expect(gallery.get_by_text("Nothing found")).to_be_hidden()
    expect(words).to_have_value("zebra")
