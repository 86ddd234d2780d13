"""Offices, satkers, people, their roles, and who may see what."""
