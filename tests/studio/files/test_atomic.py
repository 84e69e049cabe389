"""Nothing on disk is ever half: a full disk and a kill leave the old content."""

import os
import resource
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from studio.files.atomic import write_atomically

WRITER = """
import sys
from pathlib import Path
from studio.files.atomic import write_atomically
letter = 0
print("writing", flush=True)
while True:
    letter = (letter + 1) % 26
    write_atomically(Path(sys.argv[1]), bytes([97 + letter]) * 300_000)
"""


def test_a_kill_in_mid_write_leaves_one_whole_content(tmp_path: Path) -> None:
    target = tmp_path / "chatbot.json"
    for _ in range(5):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(target)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        while not target.exists():
            os.sched_yield()
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()

        content = target.read_bytes()
        assert len(content) == 300_000
        assert len(set(content)) == 1
        target.unlink()


def test_a_full_disk_leaves_what_was_there_and_no_litter(tmp_path: Path) -> None:
    target = tmp_path / "chatbot.json"
    write_atomically(target, b"before")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            write_atomically(target, b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)

    assert target.read_bytes() == b"before"
    assert [entry.name for entry in tmp_path.iterdir()] == ["chatbot.json"]


def test_a_private_file_is_for_its_owner_only(tmp_path: Path) -> None:
    write_atomically(tmp_path / "deep" / "tokens.json", b"{}", private=True)

    assert stat.S_IMODE((tmp_path / "deep" / "tokens.json").stat().st_mode) == 0o600
