"""Whole rupiah as the treasury prints them: dot thousands, negatives in brackets, no decimals."""


def format_rupiah(amount: int) -> str:
    """`1234` gives `1.234`, `-70000` gives `(70.000)`, zero gives `0`; the unit is whole rupiah."""
    digits = f"{abs(amount):,}".replace(",", ".")
    return f"({digits})" if amount < 0 else digits
