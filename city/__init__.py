"""The reference city: intake, verification and staff pages."""
