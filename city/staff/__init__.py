"""The staff's pages: Django's admin in Japanese, and the page on which one application is decided."""
