"""The public API of the BAR."""
