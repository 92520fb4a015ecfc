"""XML and HTML parsed into trees as if a stranger had written them.

No DTD is loaded, no entity followed, no address fetched; size and number of tags are
limited before parsing, so that a tree stays below a gigabyte. XML has to be well-formed.
HTML is read as browsers do, whatever is wrong with it; only where the parser gives up
midway (2,048 elements one inside another) it is an InputError, since the rest would be
missing without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, TypeAlias

from aligner.errors import InputError

Element: TypeAlias = Any  # an element of lxml, which has no types

LARGEST_MARKUP = 64_000_000  # bytes; "War and Peace" as one Word document is 10 million
MOST_TAGS = 4_000_000  # opening and closing; an element takes some 250 bytes of memory
_ENTITY = re.compile(rb"<!ENTITY\s")
_AS_EXPORTED = "save or export it anew from the program that made it"


def parsed_xml(data: bytes, place: str) -> Element:
    """The root element of XML; InputError, with `place` in it, for what is not well-formed."""
    from lxml import etree

    check_size(data, place)
    if _declares_entities(data):
        raise InputError(
            f"{place}: declares entities of its own, which are not followed; {_AS_EXPORTED}"
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise InputError(f"{place}: is not well-formed XML ({reason}); {_AS_EXPORTED}") from None


def parsed_html(text: str, place: str) -> Element | None:
    """The root element of a page or of a part of one; None where nothing is in it."""
    from lxml import etree

    data = text.encode("utf-8")
    check_size(data, place)
    # huge_tree: else 256 levels would end it; the size is limited above, entities are HTML's own.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_pis=True)
    root = etree.fromstring(data, parser) if data.strip() else None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise InputError(
            f"{place}: is nested too deep to be read as HTML; save its text as .txt (UTF-8)"
        )
    return root


def check_size(data: bytes, place: str) -> None:
    """InputError for markup whose tree would take gigabytes."""
    if len(data) > LARGEST_MARKUP or data.count(b"<") > MOST_TAGS:
        raise InputError(
            f"{place}: has more than {LARGEST_MARKUP // 1_000_000} MB or {MOST_TAGS:,} tags; "
            "split the document into parts"
        )


def local_name(element: Element) -> str:
    """The tag in lower case without its namespace; "" for a comment and its like."""
    return _local_name(element.tag) if isinstance(element.tag, str) else ""


@lru_cache(maxsize=4096)  # a document has some fifty; asked for at each element, often
def _local_name(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


def text_of(element: Element) -> str:
    """All text inside an element; comments are none."""
    return str(element.xpath("string()"))


def text_length(element: Element) -> int:
    """How many characters of text are inside an element, a space for each run of spaces."""
    return int(element.xpath("string-length(normalize-space())"))


def named(element: Element, *names: str) -> Iterator[Element]:
    """The element itself and those inside it that have one of these local names, in order."""
    return (inner for inner in element.iter("*") if local_name(inner) in names)


def _declares_entities(data: bytes) -> bool:
    """Looked for in the bytes; in UTF-16 every second one of these is NUL."""
    return bool(_ENTITY.search(data.replace(b"\0", b"") if b"\0" in data[:4] else data))
