"""The playbook's fixtures."""

from playbook import at_form, journey, rules

__all__ = ["at_form", "journey", "rules"]
