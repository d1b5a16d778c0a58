"""The demonstration: launcher, bar and stories."""
