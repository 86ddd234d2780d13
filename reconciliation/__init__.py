"""The spine: cases and their lifecycle, what was submitted, what was compared, what was explained."""
