"""What axe finds on a page in a real browser."""

import json

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def axe(page, reload: bool = False) -> list[str]:
    """Return the rules that the page breaks and where; `reload` where its own policy has refused axe before."""
    from axe_playwright_python.sync_playwright import Axe

    page.context.new_cdp_session(page).send("Page.setBypassCSP", {"enabled": True})
    if reload:
        page.reload()
        page.wait_for_load_state("load")
    response = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
    assert len(response["passes"]) > 10
    return [
        f"{item['id']}: {json.dumps([node['target'] for node in item['nodes']])}" for item in response["violations"]
    ]
