"""What the turns of a meeting prove about how it was held: computed, with the turns as evidence. Pure."""
