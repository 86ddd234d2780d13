"""Pages, server-rendered; each works without JavaScript."""
