"""What mkdocs calls while it builds the site; `mkdocs.yml` names it."""

from __future__ import annotations

import website
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put the pages of `website` in the place of those that lie in the folder."""
    for file in list(files.documentation_pages()):
        files.remove(file)
    for place, text in website.pages().items():
        files.append(File.generated(config, place, content=text))
    for place, path in website.attachments().items():
        files.append(File.generated(config, place, abs_src_path=str(path)))
    return files
