"""States of the file of the Explore page, and what it says of them."""

from urllib.parse import urlencode

from views.results.links import to_link

SAID = """query => {
  const page = globalThis.hebei2025Explore.page;
  return page.query === query && page.data.answer?.query === query;
}"""
ANSWER = "() => globalThis.hebei2025Explore.page.data.answer"


def query_of(settings, language):
    """The settings as the address has them."""
    return urlencode(to_link(settings, language), safe=":,~")


def go_to(page, query, expected=None):
    """Write a state into the address, and wait until the page has drawn and said it."""
    page.evaluate("query => { location.hash = query; }", query)
    page.wait_for_function(SAID, arg=query if expected is None else expected)
