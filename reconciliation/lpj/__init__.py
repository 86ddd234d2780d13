"""The LPJ of a satker's treasurers beside its own books. Pure: no Django."""
