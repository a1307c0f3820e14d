"""Lists that are longer than an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Dict, Generic, Iterator, List, Mapping, Optional, Type, TypeVar

from ._errors import ServerError
from ._json import Unreadable, decode_list
from ._transport import Transport

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    items: List[T]
    next_page_token: Optional[str]
    """None on the last page."""


class Listing(Generic[T]):
    """All there is, asked for page by page while you go through it. Each loop begins with the first page again."""

    def __init__(self, fetch: Callable[[Optional[str]], Page[T]], page_token: Optional[str]) -> None:
        self._fetch = fetch
        self._first = page_token

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page.items

    def pages(self) -> Iterator[Page[T]]:
        """The same in pages, for who shows them to people."""
        token = self._first
        while True:
            page = self._fetch(token)
            yield page
            if page.next_page_token is None:
                return
            if page.next_page_token == token:
                raise ServerError("The list does not come to its end: a page names itself as the next.")
            token = page.next_page_token


def listing(
    transport: Transport,
    kind: Type[T],
    path: str,
    name: str,
    query: Optional[Mapping[str, object]] = None,
    page_token: Optional[str] = None,
    finish: Callable[[T], T] = lambda item: item,
) -> Listing[T]:
    """``name`` is where the items stand in the answer: {"calls": […], "next_page_token": null}."""

    def fetch(token: Optional[str]) -> Page[T]:
        answer = transport.get(Dict[str, object], path, {**(query or {}), "page_token": token})
        try:
            items = decode_list(kind, answer.get(name), name)
        except Unreadable as wrong:
            raise ServerError(f"The answer to GET {path} was not understood: {wrong}.") from None
        following = answer.get("next_page_token")
        return Page([finish(item) for item in items], following if isinstance(following, str) else None)

    return Listing(fetch, page_token)
