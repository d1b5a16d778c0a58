"""The document that is signed: page, container, signature, envelope and receipt."""
