"""The Berita Acara Rekonsiliasi: approval, signatures, reset, and public verification."""
