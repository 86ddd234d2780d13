"""What composes several apps: beranda per role, the case page and its API, demo, import of references."""
