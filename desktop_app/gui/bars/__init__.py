"""What stands around the views: tool bar, status line, notices, the page before a folder is open."""
