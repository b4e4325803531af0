"""Every relative link of the documentation leads somewhere, and the book names all of its pages.

A page of the book links to other pages of it and to nothing else, since it is published without the
repository; the README of a package, which registries show alone, links to nothing beside it.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BOOK = ROOT / "docs" / "book" / "src"
WHERE = ("*.md", "docs/**/*.md", "mi-*/*.md", "mi-core/examples/**/*.md", "tests/**/*.md")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)


def links(page: Path) -> list[str]:
    """Where the relative links of a page lead, as they are written."""
    text = CODE.sub("", page.read_text(encoding="utf-8"))
    found = re.findall(r"\]\(([^)\s]*)", text) + re.findall(
        r"^\[[^\]]+\]: *(\S+)", text, re.MULTILINE
    )
    return [link for link in found if not re.match(r"https?:|mailto:", link)]


def headings(page: Path) -> set[str]:
    """What the headings of a page are called in links."""
    found = re.findall(r"^#+ +(.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


def leads(page: Path, link: str) -> bool:
    path, _, heading = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    home = BOOK if BOOK in page.parents else ROOT
    alone = page.parent.name in ("mi-core", "mi-py", "mi-wasm")
    if target != page and (alone or not target.is_relative_to(home) or not target.exists()):
        return False
    return not heading or heading in headings(target)


pages = [page for where in WHERE for page in sorted(ROOT.glob(where))]
wrong = [
    f"{page.relative_to(ROOT)}: {link} leads nowhere"
    for page in pages
    for link in links(page)
    if not leads(page, link)
]
summary = BOOK / "SUMMARY.md"
named = links(summary)
there = {page.name for page in BOOK.glob("*.md") if page != summary}
if sorted(named) != sorted(there):
    wrong.append(f"SUMMARY.md names {sorted(named)}, there are {sorted(there)}")
print(f"{len(pages)} pages, {sum(len(links(page)) for page in pages)} links", *wrong, sep="\n")
sys.exit(bool(wrong))
