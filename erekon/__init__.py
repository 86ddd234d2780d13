"""e-Rekon-LK: monthly reconciliation between satkers and the treasury."""
