"""How the offline twin reads single CRM fields out of what a prospect says: precise before complete."""
