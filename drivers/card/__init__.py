"""APDUs, status words, TLV, applets and the recognition of other cards."""
