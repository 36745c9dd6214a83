def test_the_browser_reaches_the_site(page, live_server):
    response = page.goto(f"{live_server.url}/healthz")

    assert response.status == 200
