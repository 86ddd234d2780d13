"""The API's own ground: tokens, who am I, idempotency keys."""
