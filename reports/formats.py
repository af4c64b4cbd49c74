"""The forms of a report: each names the writer that turns a document into a file."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from reports.document import Document


@dataclass(frozen=True)
class Format:
    """A form of report: the suffix of its files, their media type, the module whose `write` makes them."""

    suffix: str
    content_type: str
    module: str

    def write(self, document: Document) -> bytes:
        """Return the document as a file; the writer is imported at its first use, for some are heavy."""
        make: Callable[[Document], bytes] = import_module(self.module).write
        return make(document)


FORMATS = {
    one.suffix: one
    for one in (
        Format("pdf", "application/pdf", "reports.writers.pdf"),
        Format(
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "reports.writers.docx",
        ),
        Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "reports.writers.xlsx"),
        Format("html", "text/html; charset=utf-8", "reports.writers.html"),
    )
}
