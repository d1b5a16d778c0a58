"""The updater: finds signed updates, has them installed between citizens, and proves the new slot before keeping it."""
