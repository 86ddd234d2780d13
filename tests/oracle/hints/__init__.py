"""The hints line by line in plain Python: what the columns must agree with."""
