"""A file appears whole or not at all, and what was there before stays."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from aligner.errors import OutputError
from aligner.writers.atomic import check_writable, replacing

OLD, NEW = b"old\n", "новое\n".encode()


def put(path, content=NEW):
    with replacing(path) as stream:
        stream.write(content)


def names(folder):
    return sorted(entry.name for entry in folder.iterdir())


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 64 kB; only root can mount one."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small disk can only be mounted as root")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_new_file(tmp_path):
    put(tmp_path / "pairs.tsv")
    assert (tmp_path / "pairs.tsv").read_bytes() == NEW
    assert names(tmp_path) == ["pairs.tsv"]


def test_nothing_stands_under_the_name_before_the_end(tmp_path):
    path = tmp_path / "pairs.tsv"
    with replacing(path) as stream:
        stream.write(NEW)
        assert not path.exists()
        [hidden] = names(tmp_path)
        assert hidden.startswith(".")


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit, ValueError])
@pytest.mark.parametrize("before", [None, OLD])
def test_whatever_stops_the_work_leaves_what_was_there(tmp_path, stop, before):
    path = tmp_path / "pairs.tsv"
    if before:
        path.write_bytes(before)

    def stopped():
        with replacing(path) as stream:
            stream.write(NEW)
            stream.flush()
            raise stop

    with pytest.raises(stop):
        stopped()
    assert names(tmp_path) == (["pairs.tsv"] if before else [])
    assert not before or path.read_bytes() == before


@pytest.mark.parametrize("size", [100_000, 65_000 + 500])
def test_a_full_disk_keeps_the_old_file(small_disk, size):
    path = small_disk / "pairs.tsv"
    path.write_bytes(OLD)
    with pytest.raises(OutputError, match=r"pairs\.tsv: cannot be written: no space left .*free"):
        put(path, b"x" * size)
    assert path.read_bytes() == OLD
    assert names(small_disk) == ["pairs.tsv"]


def test_a_read_only_disk(small_disk):
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for ask in (put, check_writable):
        with pytest.raises(OutputError, match=r"read-only|no permission to write here"):
            ask(small_disk / "pairs.tsv")


PLACES = [
    ("none/pairs.tsv", "the folder does not exist; create it"),
    ("file/pairs.tsv", "part of the path is a file, not a folder"),
    ("folder", "this is a folder; give the name of a file in it"),
    ("ы" * 200 + ".tsv", "the file name is too long; give a shorter one"),
]


@pytest.mark.parametrize("ask", [put, check_writable])
@pytest.mark.parametrize(("place", "message"), PLACES, ids=["none", "file", "folder", "long"])
def test_places_where_no_file_can_be(tmp_path, ask, place, message):
    (tmp_path / "file").write_bytes(OLD)
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError, match=message):
        ask(tmp_path / place)
    assert names(tmp_path) == ["file", "folder"]


def test_a_name_as_long_as_the_system_allows(tmp_path):
    path = tmp_path / ("x" * 251 + ".tsv")
    put(path)
    assert path.read_bytes() == NEW


@pytest.fixture
def folder_of_nobody():
    """A folder outside pytest's, which are closed to other users, seen by one without rights."""
    if os.geteuid() != 0:
        pytest.skip("needs root to become a user without rights")
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o777)
        os.setresuid(65534, 65534, 0)
        try:
            yield Path(name)
        finally:
            os.setresuid(0, 0, 0)


@pytest.mark.parametrize("ask", [put, check_writable])
def test_a_folder_without_rights(folder_of_nobody, ask):
    closed = folder_of_nobody / "closed"
    closed.mkdir(0o555)
    with pytest.raises(
        OutputError, match=r"pairs\.tsv: cannot be written: no permission .*another"
    ):
        ask(closed / "pairs.tsv")


@pytest.mark.parametrize("ask", [put, check_writable])
def test_a_file_without_rights_is_not_replaced(folder_of_nobody, ask):
    path = folder_of_nobody / "pairs.tsv"
    path.write_bytes(OLD)
    path.chmod(0o444)
    with pytest.raises(OutputError, match="no permission to write here"):
        ask(path)
    assert path.read_bytes() == OLD
    assert names(folder_of_nobody) == ["pairs.tsv"]


def test_the_mode_of_an_old_file_stays_and_a_new_one_obeys_the_umask(tmp_path):
    old, new = tmp_path / "old.tsv", tmp_path / "new.tsv"
    old.write_bytes(OLD)
    old.chmod(0o604)
    umask = os.umask(0o027)
    try:
        put(old)
        put(new)
    finally:
        os.umask(umask)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (old, new)] == [0o604, 0o640]
    assert old.read_bytes() == NEW


@pytest.mark.parametrize("dangling", [False, True])
def test_a_link_is_followed_and_stays_a_link(tmp_path, dangling):
    target, link = tmp_path / "target.tsv", tmp_path / "link.tsv"
    if not dangling:
        target.write_bytes(OLD)
    link.symlink_to(target)
    put(link)
    assert link.is_symlink()
    assert target.read_bytes() == NEW


def test_a_pipe_is_written_and_not_replaced(tmp_path):
    path, read = tmp_path / "pipe.tsv", []
    os.mkfifo(path)
    reader = threading.Thread(target=lambda: read.append(path.read_bytes()))
    reader.start()
    put(path)
    reader.join()
    assert read == [NEW]
    assert stat.S_ISFIFO(path.stat().st_mode)


def test_devices_are_written_and_not_replaced():
    put(Path("/dev/null"))
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    with pytest.raises(OutputError, match="/dev/full: cannot be written: no space left"):
        put(Path("/dev/full"))


def test_dev_stdout_keeps_what_the_shell_has_put_there(tmp_path):
    code = (
        "import sys; from pathlib import Path; from aligner.writers.atomic import replacing\n"
        "with replacing(Path('/dev/stdout')) as stream: stream.write(b'new')"
    )
    path = tmp_path / "out.txt"
    path.write_bytes(OLD)
    with open(path, "ab") as stream:
        subprocess.run([sys.executable, "-c", code], stdout=stream, check=True)
    assert path.read_bytes() == OLD + b"new"
