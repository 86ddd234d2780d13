"""Commands of the BAR."""
