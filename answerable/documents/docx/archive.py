"""Pack a DOCX so that the same document is always the same bytes."""

import io
import zipfile

FIRST_PARTS = ("[Content_Types].xml", "_rels/.rels")
EARLIEST_TIME = (1980, 1, 1, 0, 0, 0)
READABLE_FILE = 0o100644 << 16
UNIX = 3


def packed_again(archive: bytes) -> bytes:
    """
    Return a ZIP archive with its parts in a fixed order and without the time it was made.

    The content types come first, as the Open Packaging Conventions advise for readers of a stream (ECMA-376-2, 9.2).
    """
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(result, "w") as target:
        names = sorted(source.namelist(), key=lambda name: (name not in FIRST_PARTS, name))
        for name in names:
            entry = zipfile.ZipInfo(name, date_time=EARLIEST_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = READABLE_FILE
            entry.create_system = UNIX
            target.writestr(entry, source.read(name))
    return result.getvalue()
