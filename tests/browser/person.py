"""A person at a browser, who does on the pages what people do there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from articles import models

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext

# The screen positions of the first and the last character of some words of the article, found as a reader finds them:
# by looking through the text, whatever elements it is cut into.
FIND_WORDS = """
words => {
  const article = document.querySelector("article.reading");
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT, node =>
    node.parentElement.closest("[data-o]") ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT);
  const nodes = [];
  let text = "";
  for (let node; (node = walker.nextNode()); ) { nodes.push([text.length, node]); text += node.data; }
  const at = text.indexOf(words);
  if (at < 0) throw new Error(`not in the article: ${words}`);
  const place = (index) => {
    const [start, node] = nodes.findLast(([start]) => start <= index);
    return [node, index - start];
  };
  const box = (index) => {
    const range = document.createRange();
    const [node, offset] = place(index);
    range.setStart(node, offset);
    range.setEnd(node, offset + 1);
    return range.getClientRects()[0];
  };
  place(at)[0].parentElement.scrollIntoView({ block: "center", behavior: "instant" });
  const [first, last] = [box(at), box(at + words.length - 1)];
  return { from: [first.left + 0.5, first.top + first.height / 2], to: [last.right - 0.5, last.top + last.height / 2] };
}
"""


def sign_in(context: BrowserContext, username: str, site: str) -> None:
    """By the cookie of a new session of theirs."""
    client = Client()
    client.force_login(models.Person.objects.get(username=username))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])


class Person:
    """One signed-in browser. ``complaints`` collects errors of the console and refusals of the content policy.

    Who has a password signs in with it, on the page for it; anybody else just is signed in.
    """

    def __init__(self, browser: Browser, site: str, username: str, *, password: str = "", **context: Any) -> None:
        self.site = site
        self.context = browser.new_context(base_url=site, accept_downloads=True, **context)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        if password:
            self._sign_in(username, password)
        else:
            sign_in(self.context, username, site)

    def _sign_in(self, username: str, password: str) -> None:
        self.page.goto("/accounts/login/")
        self.page.get_by_label("User name or e-mail").fill(username)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page).not_to_have_url(f"{self.site}/accounts/login/")

    def _listen(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.complaints.append(f"{said.text} ({said.location.get('url')})")

    def close(self) -> None:
        self.context.close()

    # Articles

    def import_files(self, desk: str, files: dict[Path, str]) -> None:
        """Bring in files, each of the outlet that is named, through the previews."""
        page = self.page
        page.goto(f"/d/{desk}/articles/add/")
        page.set_input_files("input[type=file]", list(files))
        page.get_by_role("button", name="See the preview").click()
        for path, outlet in files.items():
            if len(files) > 1:
                row = page.locator("ol.rows > li", has_text=path.name)
                expect(row).to_contain_text("Ready to be looked at")
                row.locator("a.title").click()
            expect(page.locator("header.page-head")).to_contain_text(path.name)
            page.get_by_label("Outlet").fill(outlet)
            page.get_by_role("button", name="Add to desk").click()
            expect(page.locator("#preview")).to_have_count(0)

    def open_article(self, desk: str, outlet: str) -> None:
        self.page.goto(f"/d/{desk}/articles/")
        row = self.page.locator("ol.rows > li", has_text=outlet)
        # Until the stylesheets have come words stand elsewhere, which no person sees.
        with self.page.expect_navigation():
            row.locator("a.title").click()
        expect(self.page.locator("article.reading")).to_be_visible()

    # Marking

    def select(self, words: str, *, when_pressed: Callable[[], None] = lambda: None) -> None:
        """Drag the mouse over some words of the article; something may happen before the pressed mouse moves."""
        place = self.page.evaluate(FIND_WORDS, words)
        mouse = self.page.mouse
        mouse.move(*place["from"])
        mouse.down()
        when_pressed()
        mouse.move(*place["to"], steps=4)
        mouse.up()
        expect(self.page.get_by_role("toolbar")).to_be_visible()

    def mark(self, words: str) -> None:
        """Mark some words as a claim, which is then in hand."""
        self.select(words)
        self.page.get_by_role("button", name="Claim", exact=False).and_(self.page.locator("[data-act=mark]")).click()
        expect(self.page.locator("#claim-panel").get_by_label("Claim", exact=True)).to_have_value(words)

    def add_to_claim(self, words: str, summary: str) -> None:
        """Mark some words as one more place of a claim, found by the words of its summary."""
        self.select(words)
        self.page.locator("button[data-act=add]").click()
        self.page.get_by_label("Claim that these words make").press_sequentially(summary)
        self.page.get_by_role("option", name=summary).first.click()
        expect(self.page.get_by_role("region", name="Where it stands")).to_contain_text(words)

    def take(self, words: str) -> None:
        """Click on marked words. They are brought into view at once: a page that scrolls moves under the mouse."""
        mark = self.page.locator("article.reading mark", has_text=words)
        mark.evaluate("mark => mark.scrollIntoView({block: 'center', behavior: 'instant'})")
        mark.click()
        expect(self.page.get_by_role("region", name="Where it stands")).to_contain_text(words)

    # The claim in hand

    def word_claim(self, text: str, summary: str) -> None:
        panel = self.page.locator("#claim-panel")
        panel.get_by_label("Claim", exact=True).fill(text)
        panel.locator("details:has([name=summary])").evaluate("details => { details.open = true }")
        panel.get_by_label("Summary").fill(summary)
        panel.get_by_role("button", name="Save").first.click()
        expect(panel.locator("form.claim-words .actions [role=status]")).to_contain_text("Saved")

    def add_evidence(self, *, source: str, outlet: str, url: str, stance: str, quote: str, locator: str) -> None:
        panel = self.page.locator("#claim-panel")
        panel.locator("#evidence-add > summary").click()
        form = panel.locator("#evidence-add form")
        form.get_by_label("Source", exact=True).fill(source)
        form.get_by_label("Source", exact=True).press("Tab")
        form.get_by_text("More about a new source").click()
        form.get_by_label("Appeared in").fill(outlet)
        form.get_by_label("URL").fill(url)
        form.get_by_label(stance).check()
        form.get_by_label("Words relied on").fill(quote)
        form.get_by_label("Which one").fill(locator)
        form.get_by_role("button", name="Add evidence").click()
        expect(panel.locator("ul.evidence")).to_contain_text(quote)

    def give_verdict(self, *, rating: str, rationale: str) -> None:
        panel = self.page.locator("#claim-panel")
        panel.get_by_label(rating, exact=True).check()
        panel.get_by_label("Rationale").fill(rationale)
        panel.get_by_role("button", name="Give verdict").click()
        expect(panel.get_by_role("heading", level=2)).to_contain_text("in review")
