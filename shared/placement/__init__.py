"""Whether an embed shows itself on a page: the placement's rules, decided and explained. The widget decides alike."""
