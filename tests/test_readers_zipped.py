"""Archives and XML from strangers: bombs, lies, damage; always one line that says what."""

import io
import struct
import zipfile

import pytest

from aligner.errors import InputError
from aligner.readers import zipped
from aligner.readers.decode import Raw
from aligner.readers.trees import parsed_xml
from aligner.readers.zipped import Archive


def packed(members, method=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def opened(data):
    return Archive(Raw("book.epub", data))


def test_members():
    archive = opened(packed({"a.txt": "да", "b/c.xml": "<x>y</x>"}))
    assert archive.names() == ["a.txt", "b/c.xml"]
    assert archive.data("a.txt").decode() == "да"
    assert archive.xml("b/c.xml").text == "y"
    assert "b/c.xml" in archive
    assert "c.xml" not in archive


def test_a_path_out_of_the_folder_does_not_matter():
    """Nothing is written to disk; a member is its name."""
    archive = opened(packed({"../../etc/passwd": "x"}))
    assert archive.data("../../etc/passwd") == b"x"


def test_a_missing_member():
    with pytest.raises(InputError, match=r"book\.epub: lacks its part b\.xml; save or export"):
        opened(packed({"a.xml": "x"})).data("b.xml")


@pytest.mark.parametrize("megabytes", [2, 50])
def test_a_bomb_is_defused_early(megabytes):
    archive = opened(packed({"bomb.xml": b"\0" * (megabytes << 20)}))
    with pytest.raises(InputError, match=r"bomb\.xml in it unpacks to more than 250 times its"):
        archive.data("bomb.xml")


def test_the_size_that_an_archive_declares_is_not_believed():
    data = bytearray(packed({"bomb.xml": b"\0" * (8 << 20)}))
    true_size = struct.pack("<I", 8 << 20)
    assert data.count(true_size) == 2  # in the member's own header and in the directory
    lying = bytes(data).replace(true_size, struct.pack("<I", 100))
    # zipfile stops at the size declared, and then finds that the check sum is wrong.
    with pytest.raises(InputError, match=r"bomb\.xml in it is damaged \(Bad CRC-32"):
        opened(lying).data("bomb.xml")


def test_a_member_and_all_members_have_limits(monkeypatch):
    monkeypatch.setattr(zipped, "LARGEST_MEMBER", 3_000_000)
    monkeypatch.setattr(zipped, "LARGEST_TOTAL", 5_000_000)
    chapter = "".join(f"Строка {n}. " for n in range(110_000)).encode()
    assert 1_500_000 < len(chapter) < 3_000_000
    archive = opened(packed({"a": chapter, "b": chapter, "c": chapter, "big": chapter * 2}))
    with pytest.raises(InputError, match=r"big in it unpacks to more than 3 MB; split the doc"):
        archive.data("big")
    archive.data("a")
    archive.data("b")
    with pytest.raises(InputError, match=r"c in it unpacks to more than 3 MB"):
        archive.data("c")


def test_too_many_members(monkeypatch):
    monkeypatch.setattr(zipped, "MOST_MEMBERS", 10)
    with pytest.raises(InputError, match=r"book\.epub: has more than 10 files in it"):
        opened(packed({str(n): "" for n in range(11)}))


BROKEN = [
    ("cut off", lambda data: data[: len(data) // 2], r"is a broken ZIP archive \(File is not a"),
    ("no archive", lambda _: b"PK\x03\x04 nonsense", r"is a broken ZIP archive"),
    ("a byte changed", lambda data: data.replace(b"ABCD", b"ABCE", 1), r"a\.xml in it is damaged"),
    ("unknown method", lambda data: data.replace(b"\x14\0\0\0\0\0", b"\x14\0\0\0\x63\0"),
     r"a\.xml in it is damaged \(That compression method is not supported"),
]  # fmt: skip


@pytest.mark.parametrize(("damage", "message"), [row[1:] for row in BROKEN])
def test_broken_archives(damage, message):
    whole = packed({"a.xml": "ABCD" * 100}, zipfile.ZIP_STORED)
    with pytest.raises(InputError, match=message) as raised:
        opened(damage(whole)).data("a.xml")
    assert "\n" not in str(raised.value)


def test_an_encrypted_member():
    data = packed({"a.xml": "x"})
    flagged = data.replace(b"PK\x01\x02\x14\x03\x14\0\0", b"PK\x01\x02\x14\x03\x14\0\1")
    assert flagged != data
    with pytest.raises(InputError, match=r"a\.xml in it is encrypted; give a copy without a pass"):
        opened(flagged).data("a.xml")


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = [
    ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>', "declares entities"),
    (f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x>&l9;</x>', "declares entities of its own"),
    ('<!DOCTYPE x [<!ENTITY % p SYSTEM "http://example.org/x.dtd"> %p;]><x/>', "declares entit"),
    ("<x>", "is not well-formed XML"),
    ("<x>&nothing;</x>", "is not well-formed XML"),
    ("<a>" * 300 + "</a>" * 300, "is not well-formed XML"),
    ("", "is not well-formed XML"),
]


@pytest.mark.parametrize(("text", "message"), HOSTILE)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_hostile_xml(text, message, encoding):
    with pytest.raises(InputError, match=rf"^x\.docx: part\.xml: {message}") as raised:
        parsed_xml(text.encode(encoding), "x.docx: part.xml")
    assert "\n" not in str(raised.value)


def test_a_dtd_elsewhere_is_not_fetched(tmp_path):
    """An external subset with a default attribute would show if it were loaded."""
    (tmp_path / "x.dtd").write_text('<!ATTLIST x a CDATA "loaded">', encoding="utf-8")
    data = f'<!DOCTYPE x SYSTEM "{(tmp_path / "x.dtd").as_uri()}"><x/>'.encode()
    assert dict(parsed_xml(data, "x").attrib) == {}
