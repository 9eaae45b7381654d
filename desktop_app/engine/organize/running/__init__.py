"""Carrying out a plan, taking it back, and settling what a crash interrupted."""
