"""What developers run now and then; `make` names each."""
