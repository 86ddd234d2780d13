"""What was received, what the gate found, and the run rows of both checks."""

from adk.models.halfsent import HalfSent
from adk.models.treasury import TreasuryFinding, TreasuryIntake
from adk.models.upload import Finding, Upload, Verdict

__all__ = ["Finding", "HalfSent", "TreasuryFinding", "TreasuryIntake", "Upload", "Verdict"]
