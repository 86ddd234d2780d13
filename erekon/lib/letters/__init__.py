"""Letters and minutes beside the BAR: each a pure function from facts to a `Letter`. Imports no app."""
