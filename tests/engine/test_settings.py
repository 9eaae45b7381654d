from __future__ import annotations

import contextlib
import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from desktop_app.engine import settings
from desktop_app.engine.clustering import CLUSTERERS
from desktop_app.engine.errors import UsageError, UserError
from desktop_app.engine.settings import Settings
from desktop_app.engine.strict import declared, read


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KINDRED_HOME", str(tmp_path))


def test_defaults_without_a_file_and_round_trip() -> None:
    assert settings.load() == Settings()
    changed = Settings(model="mine", device="cpu", precision="int8", workers=3, exclude=("*.gif", 'ä\n"'), theme="dark")
    settings.save(changed)
    assert settings.load() == changed


def test_only_what_differs_from_the_default_is_written() -> None:
    settings.save(Settings(workers=3))
    assert settings.settings_file().read_text(encoding="utf-8") == "workers = 3\n"


def test_every_default_is_within_its_own_bounds_and_every_setting_has_a_text() -> None:
    every = {f.name: getattr(Settings(), f.name) for f in dataclasses.fields(Settings)}
    assert read(Settings, every) == Settings()
    assert all(one.text for one in declared(Settings))


def test_the_paper_tells_every_setting_its_default_and_what_it_may_be() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "settings.md").read_text("utf-8")
    sections = {part.partition("\n")[0]: part for part in text.split("\n## ")[1:]}
    assert [name for name in sections if name != "The file"] == [one.name for one in declared(Settings)]
    for one in declared(Settings):
        told = sections[one.name]
        default = f"`{one.default}`" if one.default != () else "nothing"
        assert f"\nDefault: {default}." in told
        assert f"kindred settings set {one.name} " in told
        for choice in one.choices:
            assert f"`{choice}`" in told
        for bound in (one.low, one.high):
            assert bound is None or f"`{bound}`" in told
    for method in CLUSTERERS:
        assert f"| `{method}` |" in sections["method"]
    assert "`config/settings.toml`" in sections["The file"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("modle = 'x'", "modle"),
        ("workers = -1", "workers"),
        ("workers = 2.5", "workers"),
        ("workers = true", "workers"),
        ("device = 'gpu'", "device"),
        ("exclude = ['a', 3]", "exclude[1]"),
        ("exclude = 'a'", "exclude"),
        ("method = 'K MEANS'", "method"),
        ("model = ''", "model"),
        ("model = nan", "model"),
        ("[model]\na = 1", "model"),
        ("model = \nworkers = 1", "line 1"),
    ],
)
def test_bad_values_name_file_and_key(text: str, named: str) -> None:
    settings.settings_file().write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        settings.load()
    assert caught.value.code == "settings-invalid"
    assert str(settings.settings_file()) in caught.value.message
    assert named in caught.value.message


@hypothesis_settings(max_examples=200)
@given(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass"))))
def test_any_bytes_are_settings_or_a_usage_error(raw: bytes) -> None:
    settings.settings_file().write_bytes(raw)
    with contextlib.suppress(UsageError):
        settings.load()


def test_saving_what_cannot_be_read_back_is_refused_and_the_old_file_stays() -> None:
    settings.save(Settings(workers=3))
    with pytest.raises(UsageError, match="workers"):
        settings.save(Settings(workers=1000))
    assert settings.load() == Settings(workers=3)


def test_a_file_as_other_editors_save_it_is_read_or_refused_in_plain_words() -> None:
    settings.settings_file().write_bytes(b"\xef\xbb\xbfworkers = 3\n")  # with a byte order mark, as Notepad does
    assert settings.load().workers == 3
    settings.settings_file().write_bytes("workers = 3".encode("utf-16"))
    with pytest.raises(UsageError, match=r"settings\.toml: it is no text in UTF-8\."):
        settings.load()


def test_a_folder_in_place_of_the_file_is_named() -> None:
    settings.settings_file().mkdir()
    with pytest.raises(UsageError) as caught:
        settings.load()
    assert caught.value.code == "settings-unreadable"
    with pytest.raises(UserError) as refused:
        settings.save(Settings(workers=3))
    assert refused.value.code == "settings-unwritable"
    assert [file.name for file in settings.settings_file().parent.iterdir()] == [
        "settings.toml"
    ]  # no temporary file left


def test_a_file_set_aside_is_whole_and_no_other_gives_way() -> None:
    file = settings.settings_file()
    for number in (1, 2):
        file.write_text(f"broken {number}", encoding="utf-8")
        place = settings.set_aside()
        assert place.name == f"settings.damaged-{number}.toml"
    assert [path.read_text(encoding="utf-8") for path in sorted(file.parent.iterdir())] == ["broken 1", "broken 2"]
    assert settings.load() == Settings()
    with pytest.raises(UserError, match="could not be renamed"):
        settings.set_aside()  # there is none any more
