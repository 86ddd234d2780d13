"""The API of what composes several apps: cases, decisions, documents."""
