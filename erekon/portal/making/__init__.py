"""ADKs made from the stored treasury ledger, valid or with chosen mistakes, for `make_adk` and the demo."""
