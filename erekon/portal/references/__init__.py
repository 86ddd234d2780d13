"""Import of reference and set-up tables from CSV files: columns, reading, one loader per kind of file."""
