"""Verifying a BAR with nothing but the file and the published keys: no Django, no network, no database."""
