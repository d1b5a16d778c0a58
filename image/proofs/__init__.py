"""What the image is proved by: it boots in an emulated machine, and is used, broken and looked at from inside."""
