"""The one-shot child that sets the page: a job comes on stdin, the PDF goes to stdout, and with it all traces end.

Typst keeps what it has set, and the fonts, in caches that live as long as the process; here that is not long. Nothing
but the exit status tells that something went wrong, because the library's own words quote the text.
"""

from __future__ import annotations

import json
import sys

import typst

# Archivable and readable aloud; and with these standards Typst itself refuses a text that its font cannot draw.
STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]


def _families(fonts: typst.Fonts) -> dict[str, str]:
    """Return the family of each font file; of a collection, that of its first font."""
    return {font.path: font.family for font in fonts.fonts() if font.path is not None and font.index == 0}


def main() -> int:
    """Do the job; return the exit status."""
    job = json.load(sys.stdin.buffer)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=job["folders"])
    inputs = {"data": json.dumps(job["data"]), "families": json.dumps(_families(fonts))}
    compiler = typst.Compiler(font_paths=fonts, ignore_system_fonts=True)
    try:
        pdf = compiler.compile(job["template"].encode(), format="pdf", sys_inputs=inputs, pdf_standards=STANDARDS)
    except typst.TypstError:
        return 1
    if not isinstance(pdf, bytes):
        return 1
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
