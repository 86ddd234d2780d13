"""Which field of the PDF each role signs."""

KPA, KASI_VERA = "KPA", "KASI_VERA"
FIELD_OF_ROLE = {KPA: "TTD_KPA", KASI_VERA: "TTD_KASI_VERA"}
