"""The plain-Python reference of the matcher: dicts and lists, obviously right, never fast."""
