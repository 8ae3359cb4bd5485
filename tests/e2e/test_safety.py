"""What may run and load on the site, held by a real browser: nothing written into a page, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from follow_links import served
from little_sites import ARTICLE, Site
from playwright.sync_api import Browser, Page, Route

TRY = """async () => {
  const told = [];
  document.addEventListener('securitypolicyviolation', e => told.push(e.effectiveDirective));
  const script = document.createElement('script'); script.textContent = 'window.ran = true'; document.body.append(script);
  const style = document.createElement('style'); style.textContent = 'h1 { color: red }'; document.head.append(style);
  const picture = new Image(); picture.src = 'https://elsewhere.invalid/x.png'; document.body.append(picture);
  const button = document.createElement('b'); button.setAttribute('onclick', 'window.ran = true'); document.body.append(button); button.click();
  await fetch('https://elsewhere.invalid/').catch(() => {});
  await new Promise(done => setTimeout(done, 200));
  return [window.ran === undefined, [...new Set(told)].sort()];
}"""


def headers_of(folder: Path) -> dict[str, str]:
    lines = (folder / "_headers").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "/*"
    return dict(line.strip().split(": ", 1) for line in lines[1:])


def with_headers(browser: Browser, headers: dict[str, str]) -> Page:
    """A page of a host that sends the site's headers."""

    def answer(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, headers={**response.headers, **headers})

    page = browser.new_page()
    page.route("**/*", answer)
    return page


def leave(page: Page) -> None:
    """Close a page whose answers are changed on the way, without breaking off one that is just on its way."""
    page.unroute_all(behavior="wait")
    page.close()


@pytest.mark.parametrize("sent", [True, False], ids=["headers", "meta"])
def test_the_browser_refuses_what_is_written_into_a_page_or_comes_from_elsewhere(
    browser: Browser, built: Path, sent: bool
) -> None:
    with served(built) as address:
        page = with_headers(browser, headers_of(built) if sent else {})
        page.goto(f"{address}iv-fluids-for-migraine/")
        stands, told = page.evaluate(TRY)
        leave(page)
    assert stands
    assert told == ["connect-src", "img-src", "script-src-attr", "script-src-elem", "style-src-elem"]


def test_every_page_keeps_its_own_rules(browser: Browser, built: Path) -> None:
    alike = {"sources": "jones2019fluid", "evidence": "iv-magnesium"}  # one of each kind is enough
    with served(built) as address:
        page = with_headers(browser, headers_of(built))
        said: list[str] = []
        asked: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        for path in sorted(path.relative_to(built) for path in built.glob("**/*.html")):
            if path.parts[0] not in alike or len(path.parts) == 2 or path.parts[1] == alike[path.parts[0]]:
                page.goto(address + path.as_posix().removesuffix("index.html"))
        leave(page)
    assert said == []
    assert [url for url in asked if not url.startswith((address, "data:"))] == []


def test_no_text_of_an_article_runs_or_closes_the_data_of_its_page(
    browser: Browser, site: Callable[..., Site]
) -> None:
    title = "</script><script>ran=1</script><img src=x onerror='ran=1'>"
    hostile = ARTICLE.replace("Fluids: what is known", f'"{title}"').replace(
        "category: Drips", f'category: Drips\ndescription: "{title}"'
    )
    made = site({"content/articles/fluids.md": hostile})
    done = made.build()
    assert done.code == 0, done.text
    with served(made.root / "output") as address:
        page = browser.new_page()
        page.goto(f"{address}fluids/")
        assert page.evaluate("window.ran === undefined")
        graph = page.evaluate("JSON.parse(document.querySelector('script[type*=ld]').textContent)['@graph']")
        assert page.locator("script").count() == 2
        page.close()
    assert graph[0]["name"] == title
