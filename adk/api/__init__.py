"""The API of the roads in."""
