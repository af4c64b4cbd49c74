"""Pictures of a Word document: a vector drawing, a bitmap for what cannot read it, and words for who cannot see it."""

import re
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from explorer.workbooks import clean
from reports.document import Picture
from reports.drawings.lettering import outlined
from reports.writers.docx_parts import parsed
from reports.writers.docx_styles import TEXT_WIDTH_MM

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

# Of the bitmap, in dots: 150 an inch at the width of the text.
DOTS = 1000
TALLEST_MM = 125
VECTOR_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
VECTOR_NAMESPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
DRAWING_NAMESPACE = "http://schemas.openxmlformats.org/drawingml/2006/main"
VIEW_BOX = re.compile(r'viewBox="\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)\s*"')


def add_picture(document: "WordDocument", picture: Picture, *, style: str, tallest_mm: float = TALLEST_MM) -> None:
    """Add a picture as wide as the text, less where it would be too tall; its words are outlines."""
    from docx.shared import Mm

    svg = outlined(picture.svg)
    width = min(TEXT_WIDTH_MM, tallest_mm * proportion(svg))
    paragraph = document.add_paragraph(style=style)
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(BytesIO(bitmap(svg)), width=Mm(width))
    properties = shape._inline.docPr
    properties.set("descr", clean(picture.alt))
    properties.set("title", clean(picture.title))
    properties.set("name", clean(picture.id))
    blip = shape._inline.graphic.graphicData.pic.blipFill.blip
    blip.append(vector_extension(vector_part(document, svg)))


def proportion(svg: str) -> float:
    """Return the width of a drawing over its height."""
    found = VIEW_BOX.search(svg)
    if not found:
        raise ValueError("A drawing has a viewBox.")
    return float(found[1]) / float(found[2])


@lru_cache(maxsize=32)
def bitmap(svg: str) -> bytes:
    """Return a drawing as PNG."""
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=DOTS, background="white", skip_system_fonts=True))


def vector_part(document: "WordDocument", svg: str) -> str:
    """Put a drawing in the file and return its relation to the text."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.part import Part

    package = document.part.package
    name = package.next_partname("/word/media/drawing%d.svg")
    part = Part(name, "image/svg+xml", svg.encode(), package)
    return document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)


def vector_extension(relation: str) -> object:
    """Return what says that a bitmap stands for a drawing."""
    drawing = f'<asvg:svgBlip xmlns:asvg="{VECTOR_NAMESPACE}" r:embed="{relation}"/>'
    extension = f'<a:ext uri="{VECTOR_EXTENSION}">{drawing}</a:ext>'
    return parsed(f'<a:extLst xmlns:a="{DRAWING_NAMESPACE}">{extension}</a:extLst>')
