"""The same seven steps on others' engines. Run by an environment of their own, so these files know nothing of Sixty."""
