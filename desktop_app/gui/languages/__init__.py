"""The languages of the window: which there are, which one the person wants, and how Qt's catalogs are asked.

Beside this file lie the catalogs: ``kindred_de.ts``, which Qt Linguist opens, and ``kindred_de.qm``, made from it by
``python packaging/languages.py``.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from desktop_app.engine.language import ENGLISH, Language, speak

FOLDER = Path(__file__).parent


def available() -> tuple[str, ...]:
    """Codes of the languages that the window can speak, English first."""
    return (ENGLISH.code, *sorted(file.stem.removeprefix("kindred_") for file in FOLDER.glob("kindred_*.qm")))


def wanted(setting: str) -> str:
    """The code of the language to speak: the one set, or for ``system`` the first of the person's that there is."""
    if setting != "system":
        return setting if setting in available() else ENGLISH.code
    spoken = (name.partition("-")[0] for name in QLocale.system().uiLanguages())
    return next((code for code in spoken if code in available()), ENGLISH.code)


def install(application: QCoreApplication, code: str) -> None:
    """Let window, engine and Qt's own dialogs speak this language. Called before the first text is made."""
    if code == ENGLISH.code:
        return
    locale = QLocale(code)
    QLocale.setDefault(locale)
    speak(catalog(FOLDER / f"kindred_{code}.qm", code))
    own = QTranslator(application)
    if own.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(own)


def catalog(file: Path, code: str) -> Language:
    """The language that a compiled catalog holds.

    Args:
        file: ``.qm``.
        code: of the language, which decides how numbers are written.

    Raises:
        ValueError: Qt cannot read the file.
    """
    translator = QTranslator()
    if not translator.load(str(file)):
        raise ValueError(f"{file} is no catalog of translations.")
    locale = QLocale(code)

    def look_up(text: str, comment: str, n: int) -> str:
        return translator.translate("", text, comment or None, n) or ""

    return Language(code, look_up, locale.groupSeparator(), locale.decimalPoint())
