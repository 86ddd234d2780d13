"""Files that people attach: told by their content, checked for what they carry, given a safe name."""
