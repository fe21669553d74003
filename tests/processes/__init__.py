"""What only several real processes can show, with real signals on real databases."""
