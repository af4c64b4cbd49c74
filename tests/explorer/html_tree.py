"""A page as a tree that tests can ask: the standard parser, and nothing that templates could have influenced."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


@dataclass
class Element:
    """An element: its name, attributes, children (elements and texts)."""

    name: str
    attributes: dict[str, str]
    children: list["Element | str"] = field(default_factory=list)

    def walk(self) -> Iterator["Element"]:
        """Yield the element and all those inside, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, tag: str | None = None, /, css_class: str | None = None, **attributes: str) -> list["Element"]:
        """Return the elements of a name, class and attributes (`data_zone` is `data-zone`)."""
        wanted = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
        return [
            one
            for one in self.walk()
            if tag in (None, one.name)
            and (css_class is None or css_class in one.attributes.get("class", "").split())
            and all(one.attributes.get(key) == value for key, value in wanted.items())
        ]

    def one(self, tag: str | None = None, /, css_class: str | None = None, **attributes: str) -> "Element":
        """Return the only element that answers."""
        found = self.all(tag, css_class, **attributes)
        assert len(found) == 1, f"{len(found)} elements for {tag} {css_class} {attributes}"
        return found[0]

    @property
    def text(self) -> str:
        """All its text, spaces joined (no-break spaces kept)."""
        parts = [child if isinstance(child, str) else child.text for child in self.children]
        return " ".join("".join(parts).split(" ")).strip()

    @property
    def plain(self) -> str:
        """Its text with every kind of space as one ordinary space."""
        return " ".join(self.text.split())

    def written(self) -> str:
        """The element as text, attributes sorted, runs of space joined: equal for equal pages."""
        attributes = "".join(f" {key}={value!r}" for key, value in sorted(self.attributes.items()))
        inside = "".join(
            child.written() if isinstance(child, Element) else " ".join(child.split()) for child in self.children
        )
        return f"<{self.name}{attributes}>{inside}</{self.name}>"


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("document", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {key: value or "" for key, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(page: bytes | str) -> Element:
    """Return the document; an element closed out of order fails."""
    builder = _Builder()
    builder.feed(page.decode() if isinstance(page, bytes) else page)
    assert len(builder.open) == 1, f"<{builder.open[-1].name}> is never closed"
    return builder.open[0]
