"""The record of every run, written before files are touched."""
