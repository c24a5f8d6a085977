"""What surrounds every page: frame, session, sharing, elements that pages are made of."""
