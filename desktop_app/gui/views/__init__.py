"""What shows photos and groups."""
