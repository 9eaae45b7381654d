"""Commands about the program itself, without a folder: its settings, its cache, the machine."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

from desktop_app.cli.answers import OK, PARTIAL, plain
from desktop_app.cli.terminal import say, say_json, say_table
from desktop_app.engine import paths, strict
from desktop_app.engine import settings as settings_module
from desktop_app.engine.wording import cache_trouble, counted, display_path


def settings(options: argparse.Namespace) -> int:
    """List, read or change what Kindred remembers."""
    current = settings_module.load()
    if options.action == "list":
        every = strict.declared(settings_module.Settings)
        if options.json:
            told = [_setting_json(one, getattr(current, one.name)) for one in every]
            say_json({"file": str(settings_module.settings_file()), "settings": told})
        else:
            for one in every:
                value = getattr(current, one.name)
                say(f"{'*' if value != one.default else ' '} {one.name} = {_shown(value)}")
                say(f"    {one.text}. {_allowed(one)}Default: {_shown(one.default)}.")
            say(f"Kept in {display_path(settings_module.settings_file())}; * differs from the default.")
        return OK
    one = settings_module.declaration(options.name)
    before = getattr(current, one.name)
    if options.action == "get":
        if options.json:
            say_json(_setting_json(one, before))
        else:
            for line in before if one.several else [before]:
                say(str(line))
        return OK
    if options.action == "set":
        from desktop_app.engine.choices import changed

        new = changed(current, one.name, options.values)
    else:
        new = replace(current, **{one.name: one.default})
    settings_module.save(new)
    value = getattr(new, one.name)
    if options.json:
        say_json({**_setting_json(one, value), "before": plain(before)})
    elif value == before:
        say(f"{one.name} was {_shown(value)} already.")
    else:
        say(f"{one.name} is now {_shown(value)} (before: {_shown(before)}).")
    return OK


def _setting_json(one: strict.Declared, value: Any) -> dict[str, Any]:
    from desktop_app.engine.choices import choices_of

    return {
        "name": one.name,
        "value": plain(value),
        "default": plain(one.default),
        "text": one.text,
        "several": one.several,
        "choices": list(choices_of(one.name)),
        "low": one.low,
        "high": one.high,
    }


def _shown(value: Any) -> str:
    """A setting's value as a person reads it."""
    if isinstance(value, tuple):
        return ", ".join(map(display_path, value)) or "nothing"
    return display_path(str(value))


def _allowed(one: strict.Declared) -> str:
    """What a setting may be, as a sentence before others."""
    from desktop_app.engine.choices import choices_of

    existing = choices_of(one.name)
    if existing:
        return f"One of: {', '.join(existing)}. "
    if one.several:
        return f"Up to {one.max_length:,} values. "
    return f"{one.low} to {one.high}. " if one.low is not None else ""


def cache(options: argparse.Namespace) -> int:
    """Say what the cache holds, or empty it."""
    from desktop_app.engine.cache.cache import Cache

    opened = Cache(paths.cache_dir())
    try:
        if options.action == "clear":
            opened.clear()
        info = opened.info()
    finally:
        opened.close()
    if options.json:
        say_json(plain(info))
    else:
        say(
            f"{display_path(info.path)}: {info.bytes / 1e6:,.1f} MB, {counted(info.files, 'file')}, "
            f"{counted(info.vectors, 'embedding')}, {counted(info.thumbnails, 'thumbnail')}."
        )
        for path in info.set_aside:
            say(f"A damaged cache was set aside: {display_path(path)}")
        if info.trouble:
            say(cache_trouble(info.trouble))
    return OK


def doctor(options: argparse.Namespace) -> int:
    """Say what this machine offers, and what is missing; or write it into a file for whoever helps."""
    if options.report is not None:
        return _report(options)
    from desktop_app.engine.doctor import examine

    findings = examine()
    if options.json:
        say_json({"findings": [plain(finding) for finding in findings]})
    else:
        say_table(["", "what", "found"], [["ok" if f.ok else "!!", f.name, f.text] for f in findings])
    return OK if all(finding.ok for finding in findings) else PARTIAL


def _report(options: argparse.Namespace) -> int:
    from desktop_app.engine.support import report

    report.save(options.report)
    if options.json:
        say_json({"report": str(options.report)})
    else:
        say(f"The report lies in {display_path(options.report)}. {report.CONTENTS}")
    return OK
