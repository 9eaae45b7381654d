"""Decoders that hang, crash or take all memory, in processes that really do so."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_app.engine.cache.cache import Cache
from desktop_app.engine.errors import Cancelled
from desktop_app.engine.folder.scan import scan
from desktop_app.engine.index import pipeline
from desktop_app.engine.job import JobContext
from desktop_app.engine.models.card import load_card
from desktop_app.engine.models.runtime import Embedder
from desktop_app.engine.pictures import decode, guard, limits
from desktop_app.engine.pictures.here import decode_here
from desktop_app.engine.pictures.protocol import FROZEN_FLAG
from desktop_app.engine.pictures.result import DecodeError
from desktop_app.engine.settings import Settings
from tests.helpers.memory import peak_mib
from tests.helpers.pictures import encode, quadrants
from tests.helpers.tiny_model import make_tiny_model

ROOT = Path(__file__).resolve().parents[3]

# A decoder with faults, set off by the last word of a file.
FAULTY = """
import ctypes, os, signal, sys, time
sys.path.insert(0, sys.argv[1])
from desktop_app.engine.pictures import here, worker
from desktop_app.engine.pictures.result import DecodeError
whole = here.decode_here
def faulty(data, *rest, **more):
    word = bytes(data[-6:])
    if word == b"SPINS!":
        while True:
            pass
    if word == b"HANGS!":
        ctypes.PyDLL(None).sleep(1000)  # with the interpreter's lock held, as a decoder in C may
    if word == b"DOZES!":
        time.sleep(1)
    if word == b"CRASH!":
        os.kill(os.getpid(), signal.SIGSEGV)
    if word == b"ONCE!!" and not os.path.exists(sys.argv[2]):
        open(sys.argv[2], "w").close()
        os._exit(1)
    if word == b"HUNGRY":
        blocks = [bytearray(64 << 20) for _ in range(64)]
    if word == b"PRINTS":
        os.write(1, b"to standard output")
        os.write(2, b"to standard error")
    return whole(data, *rest, **more)
def guarded_faulty(*rest, **more):
    try:
        return faulty(*rest, **more)
    except MemoryError:
        raise DecodeError("too-large", "memory") from None
here.decode_here = guarded_faulty
worker.main()
"""


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    guard.release()
    yield
    guard.release()
    assert not guard._idle
    assert not [thread for thread in threading.enumerate() if thread.name == "decode-wait"]


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    command = [sys.executable, "-P", "-c", FAULTY, str(ROOT), str(tmp_path / "once")]
    monkeypatch.setattr(guard, "_command", lambda: command)


def tiff(last_word: bytes = b"", **options: object) -> bytes:
    return encode(quadrants(), "TIFF", **options) + last_word


def refused(data: bytes, **more: object) -> DecodeError:
    with pytest.raises(DecodeError) as caught:
        decode.decode(data, 32, **more)
    return caught.value


@pytest.mark.parametrize("format", ["TIFF", "AVIF"])
@pytest.mark.parametrize("size", [16, None])
def test_the_process_gives_what_decoding_here_gives(format: str, size: int | None) -> None:
    exif = Image.Exif()
    exif[0x0110], exif[0x0112] = "Model T", 6
    data = encode(quadrants(2100, 2050), format, exif=exif)
    there, here = decode.decode(data, size), decode_here(data, size, format.lower(), costly=True)
    assert np.array_equal(np.asarray(there.image), np.asarray(here.image))
    assert there.camera == "Model T"
    for name in ("width", "height", "taken_at", "camera", "damaged"):
        assert getattr(there, name) == getattr(here, name)


def test_common_formats_need_no_process_unless_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    request = guard.request

    def watched(data, size, format, **more):  # type: ignore[no-untyped-def]
        asked.append(format)
        return request(data, size, format, **more)

    monkeypatch.setattr(guard, "request", watched)
    for name in ("JPEG", "PNG", "WEBP", "GIF", "BMP", "PPM"):
        assert not decode.decode(encode(quadrants(), name), 32).damaged
    assert not asked
    whole = encode(Image.effect_noise((90, 60), 40).convert("RGB"), "JPEG")
    assert decode.decode(whole[: len(whole) // 2], 32).damaged
    decode.decode(tiff(), 32)
    assert asked == ["jpeg", "tiff"]


def test_what_costs_much_is_decoded_elsewhere_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "COSTLY", 10_000)
    asked: list[bool] = []
    request = guard.request

    def watched(*arguments, costly, **more):  # type: ignore[no-untyped-def]
        asked.append(costly)
        if costly:
            assert decode._costly_lock.locked()
        return request(*arguments, costly=costly, **more)

    monkeypatch.setattr(guard, "request", watched)
    assert decode.decode(encode(quadrants(), "PNG"), None).image.size == (64, 48)
    assert decode.decode(encode(quadrants(), "WEBP"), None).image.size == (64, 48)
    assert asked == [True, True]


def test_a_fragile_format_that_costs_much_is_asked_for_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    request = guard.request

    def watched(*arguments, costly, **more):  # type: ignore[no-untyped-def]
        asked.append(costly)
        return request(*arguments, costly=costly, **more)

    monkeypatch.setattr(guard, "request", watched)
    assert decode.decode(encode(Image.new("RGB", (6000, 5000)), "TIFF", compression="tiff_lzw"), 64).width == 6000
    assert asked == [False, True]


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize("word", [b"SPINS!", b"HANGS!"])
def test_a_decode_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch, word: bytes) -> None:
    monkeypatch.setattr(guard, "LIMIT_SECONDS", 0.3)
    error = refused(tiff(word))
    assert (error.code, "0.3 seconds" in error.message) == ("too-slow", True)
    monkeypatch.setattr(guard, "LIMIT_SECONDS", 10.0)
    assert not decode.decode(tiff(), 32).damaged


@pytest.mark.usefixtures("faulty")
@pytest.mark.skipif(sys.platform == "win32", reason="there the limit is kept by the clock")
def test_a_decode_that_waits_for_a_busy_machine_is_not_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "LIMIT_SECONDS", 0.5)
    monkeypatch.setattr(guard, "_PATIENCE", 1000)
    assert not decode.decode(tiff(b"DOZES!"), 32).damaged


@pytest.mark.usefixtures("faulty")
def test_a_decoder_that_crashes_is_named_and_replaced(caplog: pytest.LogCaptureFixture) -> None:
    assert refused(tiff(b"CRASH!")).code == "decoder-crashed"
    assert caplog.messages == [f"a decoding process died of a tiff file (try {number} of 2)" for number in (1, 2)]
    assert not decode.decode(tiff(), 32).damaged


@pytest.mark.usefixtures("faulty")
def test_a_process_killed_once_by_something_else_costs_nothing() -> None:
    assert not decode.decode(tiff(b"ONCE!!"), 32).damaged


@pytest.mark.usefixtures("faulty")
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps RLIMIT_AS; elsewhere the estimate is the limit")
def test_a_decoder_that_takes_all_memory_is_stopped() -> None:
    assert refused(tiff(b"HUNGRY")).code == "too-large"
    (worker,) = guard._idle
    assert 0 < peak_mib(worker.process.pid) <= (limits.PROCESS_MEMORY_LIMIT >> 20) + 200


@pytest.mark.usefixtures("faulty")
def test_what_decoders_print_goes_nowhere(capfd: pytest.CaptureFixture[str]) -> None:
    assert not decode.decode(tiff(b"PRINTS"), 32).damaged
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("faulty")
def test_waiting_ends_when_the_job_is_cancelled() -> None:
    ctx = JobContext()
    threading.Timer(0.3, ctx.cancel).start()
    with pytest.raises(Cancelled):
        decode.decode(tiff(b"SPINS!"), 32, check=ctx.check)


@pytest.mark.usefixtures("faulty")
def test_a_run_names_bad_files_and_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "LIMIT_SECONDS", 1.5)
    photos = tmp_path / "photos"
    photos.mkdir()
    for index in range(12):
        word = {3: b"SPINS!", 7: b"CRASH!"}.get(index, b"")
        (photos / f"{index:02}.tif").write_bytes(encode(quadrants(60 + index), "TIFF") + word)
    embedder = Embedder(load_card(make_tiny_model(tmp_path / "models" / "tiny")), Settings(workers=2))
    with Cache(tmp_path / "cache") as cache:
        for code in ("too-slow", "too-slow"):  # the second run asks again: the machine may have been busy
            result = pipeline.index(scan(photos, JobContext()), cache, embedder, JobContext())
            assert {(problem.path.name, problem.code) for problem in result.problems} == {
                ("03.tif", code),
                ("07.tif", "decoder-crashed"),
            }
            assert len(result.photos) == 10
    assert not guard._idle, "indexing leaves no process behind"


def test_where_no_process_can_be_started_decoding_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "_cannot_start", False)
    monkeypatch.setattr(guard, "_command", lambda: [sys.executable, "-c", "print('something else')"])
    assert decode.decode(tiff(), 32).image.size == (64, 48)
    monkeypatch.setattr(guard, "_command", lambda: pytest.fail("tried again"))
    assert decode.decode(tiff(), 32).image.size == (64, 48)
    monkeypatch.setattr(limits, "COSTLY", 10_000)
    assert decode.decode(tiff(), None).image.size == (64, 48)
    monkeypatch.setattr(guard, "_cannot_start", False)
    monkeypatch.setattr(guard, "_command", lambda: ["/there/is/no/such/program"])
    assert decode.decode(tiff(), 32).image.size == (64, 48)


def test_a_frozen_program_is_its_own_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert guard._command() == [sys.executable, FROZEN_FLAG]
    line = [sys.executable, "-c", "from desktop_app.cli import main; main()", FROZEN_FLAG]
    monkeypatch.setattr(guard, "_command", lambda: line)
    monkeypatch.setattr(guard, "_cannot_start", False)
    monkeypatch.chdir(ROOT)
    assert decode.decode(tiff(), 32).image.size == (64, 48)
    assert not guard._cannot_start


@pytest.mark.usefixtures("faulty")
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
@pytest.mark.parametrize("word", [b"SPINS!", b"HANGS!"])
def test_a_process_whose_program_is_gone_ends(word: bytes) -> None:
    program = f"""
import os, sys, threading
sys.path.insert(0, {str(ROOT)!r})
from desktop_app.engine.pictures import decode
from desktop_app.engine.pictures import guard
guard._command = lambda: {guard._command()!r}
guard.LIMIT_SECONDS, guard._PATIENCE = 1.0, 2
w = guard._take()
print(w.process.pid, flush=True)
guard._idle.append(w)
threading.Timer(0.5, lambda: os.kill(os.getpid(), 9)).start()
decode.decode(sys.stdin.buffer.read(), 32)
"""
    done = subprocess.run([sys.executable, "-c", program], input=tiff(word), capture_output=True, check=False)
    worker = int(done.stdout)
    while _alive(worker):  # for ever where it does not end: the time limit of tests says so
        time.sleep(0.05)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")  # nobody may be there to collect it
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")
