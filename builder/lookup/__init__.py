"""What readers look for: what is written down so that a page can find claims, quotations, sources and events."""
