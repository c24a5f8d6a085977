"""Frame of all pages, session, sharing, and elements that pages share."""
