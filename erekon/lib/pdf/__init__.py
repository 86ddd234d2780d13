"""Parts that every printed document shares: fonts, inert text, kop, footer, tables, QR. Imports no app."""
