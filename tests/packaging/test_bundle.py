"""What a bundle is made of and by: what stays out, licences, list of parts, Linux files, recipes of the other systems.

That a bundle starts is what `packaging/bundle/smoke.py` tries, on one that was built.
"""

from __future__ import annotations

import ast
import configparser
import importlib.util
import json
import os
import plistlib
import re
import shutil
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path

import deb
import icons
import libraries
import licences
import linux_files
import manpage
import parts
import pytest
import same
import sbom
import trim
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PIL import Image
from reference import parsers

from desktop_app.cli.entry import build_parser
from desktop_app.engine import screen
from desktop_app.gui import main_window
from desktop_app.gui.app_icon import SIDES

ROOT = Path(__file__).resolve().parents[2]
BUNDLE = ROOT / "packaging" / "bundle"
STAND_INS = BUNDLE / "stand_ins"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DATE = datetime(2026, 1, 1, tzinfo=UTC)


def tool(name: str, package: str) -> str:
    """Path of a program that Debian has, or the reason why the test is skipped."""
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"needs {name}: apt-get install {package}")
    return path


def accepts(*command: str | Path) -> None:
    """Check a file by a program, which has nothing to say about a good one."""
    ran = subprocess.run([str(word) for word in command], check=False, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr


# ------------------------------------------------------------------------------------------- what is in, what is not


def test_what_is_left_out_is_nothing_that_the_program_asks_for() -> None:
    needed = {canonicalize_name(Requirement(text).name) for text in PROJECT["dependencies"]}
    assert not needed & {canonicalize_name(name) for name in trim.EXCLUDED_MODULES}
    assert all(importlib.util.find_spec(name) for name in trim.NEEDED_MODULES)
    assert not set(trim.NEEDED_MODULES) & set(trim.EXCLUDED_MODULES)
    assert not needed & trim.UNUSED_PACKAGES
    assert {file.stem for file in STAND_INS.glob("*.py")} == {name.rpartition(".")[2] for name in trim.STAND_INS}


def test_no_file_of_the_program_imports_what_stays_out() -> None:
    asked = set[str]()
    for file in (ROOT / "desktop_app").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                asked |= {name.name for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                asked |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    assert {"scipy.sparse.linalg.eigsh", "PySide6.QtWidgets"} <= asked
    out = (*trim.EXCLUDED_MODULES, *trim.STAND_INS, *(name.replace("-", "_") for name in trim.UNUSED_PACKAGES))
    assert not {name for name in asked if any(f"{name}.".startswith(f"{module}.") for module in out)}


def test_charts_begin_without_opengl() -> None:
    """As in the bundle, where small files stand in for Qt's modules."""
    begin = f"""
import importlib.util, sys
for name in {trim.STAND_INS!r}:
    spec = importlib.util.spec_from_file_location(name, {str(STAND_INS)!r} + "/" + name.rpartition(".")[2] + ".py")
    sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])
from PySide6.QtWidgets import QApplication
application = QApplication(["kindred"])
import pyqtgraph
from desktop_app.gui.views import elbow, scatter
chart = pyqtgraph.PlotWidget(enableMenu=False)
chart.addItem(pyqtgraph.PlotCurveItem([1, 2], [3, 4]))
assert not chart.grab().isNull()
"""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    ran = subprocess.run([sys.executable, "-c", begin], check=False, capture_output=True, text=True, env=environment)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize(
    ("place", "source", "stays"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "/env/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", "/env/libqvnc.so", False),
        ("PySide6/Qt/translations/qtbase_de.qm", "/env/qtbase_de.qm", True),
        ("PySide6/Qt/translations/qtbase_fr.qm", "/env/qtbase_fr.qm", False),
        ("PySide6/Qt/translations/designer_de.qm", "/env/designer_de.qm", False),
        ("PySide6/plugins/sqldrivers/qsqlodbc.dll", "C:/env/qsqlodbc.dll", False),
        ("PySide6/plugins/platforms/qwindows.dll", "C:/env/qwindows.dll", True),
        ("PySide6/translations/designer_de.qm", "C:/env/designer_de.qm", False),
        ("desktop_app/gui/languages/kindred_de.qm", "/env/kindred_de.qm", True),
        ("desktop_app/gui/languages/kindred_de.ts", "/env/kindred_de.ts", False),
        ("numpy-2.4.6.dist-info/METADATA", "/env/numpy-2.4.6.dist-info/METADATA", True),
        ("numpy-2.4.6.dist-info/RECORD", "/env/numpy-2.4.6.dist-info/RECORD", False),
        ("filelock-4.2.11.dist-info/sboms/filelock.cdx.json", "/env/filelock.cdx.json", False),
        ("PySide6/Qt/plugins/imageformats/libqsvg.so", "/env/libqsvg.so", True),
        ("PySide6/Qt/plugins/imageformats/libqwebp.so", "/env/libqwebp.so", False),
        ("sklearn/tree/_tree.pyx", "/env/_tree.pyx", False),
        ("sklearn/tree/_tree.cpython-311-x86_64-linux-gnu.so", "/env/_tree.so", True),
        ("pyqtgraph/colors/maps/viridis.csv", "/env/viridis.csv", True),
        ("desktop_app/models/photos/model.onnx", "/env/model.onnx", True),
        ("libxcb-cursor.so.0", "/usr/lib/x86_64-linux-gnu/libxcb-cursor.so.0", True),
        ("libxcb.so.1", "/usr/lib/x86_64-linux-gnu/libxcb.so.1", False),
        ("libstdc++.so.6", "/lib/x86_64-linux-gnu/libstdc++.so.6", False),
        ("libcrypto.so.3", "/lib/x86_64-linux-gnu/libcrypto.so.3", True),
        ("libheif-7a3e919c.so.1.23.0", "/env/pi_heif.libs/libheif-7a3e919c.so.1.23.0", True),
    ],
)
def test_libraries_of_the_system_stay_there_and_unused_files_stay_out(place: str, source: str, stays: bool) -> None:
    assert bool(trim.wanted([(place, source, "BINARY")], ["en", "de"])) == stays


# ----------------------------------------------------------------------------------------------- licences and parts


def test_every_package_that_the_program_needs_is_on_the_page_and_in_the_list() -> None:
    needed = {canonicalize_name(Requirement(text).name) for text in PROJECT["dependencies"]}
    assert {"shiboken6", *needed} <= set(parts.package_names())
    text = licences.page([(name, name) for name in ("libQt6Core.so.6", "libheif-7a3e919c.so.1.23.0")])
    listed = json.loads(sbom.parts_list([], built=1_767_225_600))
    names = {part["name"] for part in listed["components"]}
    for one in parts.packages()[1:]:
        assert f"{one.name} {one.version}\n    {one.licence}\n" in text
        assert one.name in names
    for said in (
        "GNU LESSER GENERAL PUBLIC LICENSE",
        "GNU GENERAL PUBLIC LICENSE",
        "libheif\n    LGPL",
        "Qt\n    LGPL",
        "University of Cambridge",  # of PCRE, which is inside Qt
    ):
        assert said in text


def test_every_package_brings_its_licence_or_has_it_among_the_texts_of_the_bundle() -> None:
    """Licences ask that their text goes along. Those named here are Qt's and Apache's, which the page has anyway."""
    without = {one.name for one in parts.packages() if not any("licen" in name.lower() for name in one.texts)}
    assert without <= {"flatbuffers", "pyside6-essentials", "shiboken6", "scikit-learn"}
    texts = {one.name: "\n".join(one.texts.values()) for one in parts.packages()}
    assert "Microsoft Corporation" in texts["onnxruntime"]
    assert "DejaVu" in texts["matplotlib"]


def test_libraries_of_the_building_machine_come_with_what_it_says_of_them() -> None:
    tool("dpkg", "dpkg")
    library = next((path for path in Path("/lib").glob("*-linux-gnu/libbz2.so.1.0")), None)
    if library is None:
        pytest.skip("needs libbz2: apt-get install libbz2-1.0")
    assert "bzip2" in parts.system_notices([str(library)])["libbz2-1.0"]
    assert "bzip2" in licences.page([(library.name, str(library))])
    assert parts.system_notices([__file__]) == {}


def test_tools_of_the_build_and_of_tests_are_foreign_and_what_is_needed_is_not() -> None:
    foreign = parts.foreign_modules()
    assert {"pytest", "ruff", "hypothesis"} & set(foreign)
    assert not {"PySide6", "numpy", "scipy", "sklearn", "PIL", "onnxruntime", "matplotlib", "desktop_app"} & set(
        foreign
    )


def test_a_library_without_a_known_licence_ends_the_build() -> None:
    known = ["PySide6/Qt/lib/libQt6Core.so.6", "numpy.libs/libquadmath-96973f99.so.0.0.0", "libcrypto-3-x64.dll"]
    titles = {about.title: places for about, places in parts.libraries(known).items()}
    assert titles == {"Qt": [known[0]], "libquadmath": [known[1]], "OpenSSL": [known[2]]}
    with pytest.raises(parts.UnknownLibrary, match=r"libmystery\.so\.1"):
        parts.libraries([*known, "libmystery.so.1"])
    assert libraries.library("libqxcb-egl-integration.so") is libraries.QT


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Qt", "Qt6Core.dll qwindows.dll PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore libqcocoa.dylib"),
        ("Qt for Python", "pyside6.abi3.dll shiboken6.abi3.dll libpyside6.abi3.6.11.dylib"),
        ("Python", "python311.dll python3.dll Python libpython3.11.dylib"),
        (
            "Microsoft C runtime",
            "VCRUNTIME140.dll VCRUNTIME140_1.dll MSVCP140.dll vcomp140.dll concrt140.dll api-ms-win-crt-math-l1-1-0.dll"
            " msvcp140-cf2fde1e8ec4c0a4a5cfa2ba9ae6f0d8.dll",
        ),
        ("GCC's own libraries", "libstdc++-6-110c9d51.dll libgcc_s_seh-1-70f48b1f.dll libgcc_s.1.1.dylib"),
        ("LibRaw", "raw_r.dll libraw_r.25.0.0.dylib libraw_r.so.25"),
        ("SQLite", "sqlite3.dll libsqlite3.0.dylib"),
        ("zlib-ng", "libz.1.3.1.zlib-ng.dylib"),
        ("LLVM OpenMP", "libomp.dylib"),
        ("libquadmath", "libquadmath.0.dylib libquadmath-96973f99.so.0.0.0"),
    ],
)
def test_libraries_of_windows_and_macos_are_known_too(title: str, names: str) -> None:
    """As the wheels of those systems call them; one that is not known would end the build there."""
    assert {about.title: sorted(places) for about, places in parts.libraries(names.split()).items()} == {
        title: sorted(names.split())
    }


def test_the_list_of_parts_is_valid_and_the_same_each_time(tmp_path: Path) -> None:
    library = tmp_path / "libffi.so.8"
    library.write_bytes(b"a library")
    files = [("libffi.so.8", str(library))]
    text = sbom.parts_list(files, built=1_767_225_600)
    assert text == sbom.parts_list(files, built=1_767_225_600)
    assert json.loads(text)["metadata"]["timestamp"] == "2026-01-01T00:00:00Z"
    if importlib.util.find_spec("cyclonedx") is None:
        pytest.skip('the schema needs pip install -e ".[bundle]"')
    assert sbom.complaint(text) == ""
    assert sbom.complaint(text.replace('"library"', '"book"'))


# ------------------------------------------------------------------------------------------------- Linux desktops


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory, qapp: object) -> Path:
    """What is installed into `/usr/share`."""
    folder = tmp_path_factory.mktemp("share")
    linux_files.write(folder, DATE)
    return folder


def test_the_menu_entry_opens_folders_and_names_what_is_there(share: Path) -> None:
    file = share / "applications" / "kindred.desktop"
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(file, encoding="utf-8")
    entry = parser["Desktop Entry"]
    assert entry["MimeType"] == "inode/directory;"
    assert entry["Exec"] == "kindred %f"
    # The window's own name for its entry: the desktop finds the icon of a window by it.
    source = Path(main_window.__file__).read_text(encoding="utf-8")
    assert f'setDesktopFileName("{file.stem}")' in source
    for side in SIDES:
        with Image.open(share / "icons" / "hicolor" / f"{side}x{side}" / "apps" / f"{entry['Icon']}.png") as picture:
            assert picture.size == (side, side)
            assert picture.mode == "RGBA"
            assert len(picture.convert("RGB").getcolors(side * side) or ()) > 8
    drawing = ET.parse(share / "icons" / "hicolor" / "scalable" / "apps" / f"{entry['Icon']}.svg").getroot()
    assert drawing.tag.endswith("svg")
    accepts(tool("desktop-file-validate", "desktop-file-utils"), file)


def test_the_description_for_software_centers_passes(share: Path) -> None:
    (file,) = (share / "metainfo").iterdir()
    about = ET.parse(file).getroot()
    assert file.name == f"{about.findtext('id')}.metainfo.xml"
    assert about.findtext("launchable") == linux_files.ENTRY.name
    assert about.findtext("project_license") == PROJECT["license"]
    assert (about.findtext("summary") or "").startswith(PROJECT["description"].rstrip("."))
    accepts(tool("appstreamcli", "appstream"), "validate", "--no-net", file)


def test_the_manual_page_names_every_command_and_option(tmp_path: Path) -> None:
    text = manpage.page(DATE)
    plain = text.replace("\\-", "-")
    for name, parser in parsers(build_parser()):
        whole = any(hasattr(action, "choices") and action.dest in ("command", "action") for action in parser._actions)
        assert f".SS {name}\n" in plain or whole
        for action in parser._actions:
            for option in action.option_strings if action.dest != "help" else ():
                assert option in plain
    file = tmp_path / "kindred.1"
    file.write_text(text, encoding="utf-8")
    ran = subprocess.run(
        [tool("groff", "groff"), "-man", "-ww", "-Kutf8", "-Tutf8", "-z", str(file)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_package_depends_on_what_qt_loads_from_the_system() -> None:
    fields = dict(
        line.split(": ", 1) for line in deb.control(1000, "amd64", "2.35").splitlines() if not line.startswith(" ")
    )
    needs = set(fields["Depends"].split(", "))
    assert {*screen.ALWAYS.values(), *screen.ON_X11.values(), *screen.ON_WAYLAND.values(), "libc6 (>= 2.35)"} <= needs
    assert fields["Package"] == "kindred"
    assert fields["Description"] == PROJECT["description"].rstrip(".")


def test_the_package_asks_for_the_c_library_that_its_files_do(tmp_path: Path) -> None:
    for name, wanted in (("old.so", b"GLIBC_2.9"), ("new.so.1", b"\0GLIBC_2.17\0GLIBC_2.4\0"), ("data", b"GLIBC_2.99")):
        (tmp_path / name).write_bytes(wanted)
    assert deb.newest_glibc(tmp_path) == "2.17"


def test_windows_and_macos_get_their_icons(tmp_path: Path, qapp: object) -> None:
    icons.write(tmp_path)
    with Image.open(tmp_path / "kindred.ico") as picture:
        assert {(16, 16), (32, 32), (48, 48), (256, 256)} <= picture.info["sizes"]
    with Image.open(tmp_path / "kindred.icns") as picture:
        assert picture.size[0] >= 512


# --------------------------------------------------------------------------------------------- recipes and sameness

WORKFLOW = ROOT / ".github" / "workflows" / "bundles.yml"


def test_the_workflow_is_yaml_and_every_path_in_it_is_there() -> None:
    yaml = pytest.importorskip("yaml", reason="needs pip install pyyaml")
    text = WORKFLOW.read_text(encoding="utf-8")
    jobs = yaml.safe_load(text)["jobs"]
    assert set(jobs) == {"linux", "windows", "macos"}
    for job in jobs.values():
        assert all(("run" in step) != ("uses" in step) for step in job["steps"])
    named = re.findall(r"\b(?:packaging|docs|tests|desktop_app)[/\\][\w./\\-]+", text)
    assert named
    for path in named:
        assert (ROOT / path.replace("\\", "/").rstrip(".")).exists(), path
    for action in re.findall(r"uses: (\S+)", text):
        assert re.fullmatch(r"actions/[a-z-]+@v\d+", action)


def test_what_the_installers_name_is_there(tmp_path: Path, qapp: object) -> None:
    script = BUNDLE / "windows" / "kindred.iss"
    text = script.read_text(encoding="utf-8")
    fields = dict(re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE))
    # Inno Setup takes the folder of the script for SourceDir alone; all else in [Setup] counts from SourceDir.
    source = script.parent / fields["SourceDir"].replace("\\", "/")
    places = {name: (source / fields[name].replace("\\", "/")).resolve() for name in ("LicenseFile", "SetupIconFile")}
    assert source.resolve() == ROOT / "dist" / "kindred"
    assert places == {"LicenseFile": ROOT / "LICENSE", "SetupIconFile": ROOT / "build" / "icons" / "kindred.ico"}
    assert (source / fields["OutputDir"].replace("\\", "/")).resolve() == ROOT / "dist"
    assert fields["PrivilegesRequired"] == "lowest"
    icons.write(tmp_path)
    assert (tmp_path / places["SetupIconFile"].name).is_file()
    recipe = (BUNDLE / "kindred.spec").read_text(encoding="utf-8")
    for program in set(re.findall(r"\{app\}\\([\w-]+)\.exe", text)):
        assert f'program("{program}"' in recipe
    rights = plistlib.loads((BUNDLE / "macos" / "entitlements.plist").read_bytes())
    assert rights["com.apple.security.cs.disable-library-validation"] is True


def test_two_builds_are_compared_file_by_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    (one / "deep").mkdir(parents=True)
    (one / "deep" / "file").write_text("same")
    (one / "changed").write_text("before")
    shutil.copytree(one, other)
    assert same.main([str(one), str(other)]) == 0
    (other / "changed").write_text("after")
    (other / "more").write_text("new")
    assert set(same.differences(one, other)) == {"changed", "more"}
    assert same.main([str(one), str(other)]) == 1
    assert "2 of 2 differ" in capsys.readouterr().out
