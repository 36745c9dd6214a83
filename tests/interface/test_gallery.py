"""Every component, as it is seen: accessible, within its policy, and whole on a small screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

WIDE, PHONE, ZOOMED = (ViewportSize(width=width, height=900) for width in (1440, 390, 320))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_nothing_bars_anyone(page: Page, gallery_server: str, scheme: str, viewport: ViewportSize) -> None:
    page.set_viewport_size(viewport)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{gallery_server}/gallery/")
    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("viewport", [WIDE, PHONE, ZOOMED], ids=["wide", "phone", "400%"])
def test_nothing_is_wider_than_the_window(page: Page, gallery_server: str, viewport: ViewportSize) -> None:
    page.set_viewport_size(viewport)
    page.goto(f"{gallery_server}/gallery/")

    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_the_console_stays_silent(page: Page, gallery_server: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{gallery_server}/gallery/")
    page.wait_for_function("() => customElements.get('unsaved-guard') !== undefined")

    assert said == []


def test_every_control_is_large_enough_for_a_finger(browser: Browser, gallery_server: str) -> None:
    phone = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = phone.new_page()
    page.goto(f"{gallery_server}/gallery/")
    small = page.evaluate(
        """[...document.querySelectorAll("button, .button, summary, select, .top nav a")]
           .filter((found) => found.checkVisibility() && found.getBoundingClientRect().height < 24)
           .map((found) => found.outerHTML)"""
    )
    phone.close()

    assert small == []


def test_a_page_reads_the_same_without_scripts(browser: Browser, gallery_server: str) -> None:
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{gallery_server}/gallery/")

    assert page.get_by_text("at most 75 characters").first.is_visible()
    assert page.get_by_role("button", name="Undo").is_visible()
    assert not page.get_by_role("button", name="Dismiss").is_visible()
    page.get_by_text("Alice", exact=False).first.click()
    assert page.get_by_role("button", name="Sign out").is_visible()
    plain.close()
