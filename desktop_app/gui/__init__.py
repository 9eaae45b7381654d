"""The window: views over the results of the engine.

- `main_window` makes the parts and ties them together; `app_state` holds what is known, with a signal for each change.
- `menu` is the table of menu entries; `handlers` has what they do, `organizing` what they do with files, `filing` what
  they do with groups; `situation` says which make sense now.
- `jobs/` is everything that runs in the background, through `job_runner`; `announcer` tells what came of it.
- `views/` draw photos and groups; `bars/` stand around them; `dialogs/` ask and tell.
- `theme` has the looks; `desktop` calls the file manager and other programs; `window_settings` and `recent_folders` are
  what the window remembers of itself. What is remembered of a folder of photos is `engine.curation`.
"""
