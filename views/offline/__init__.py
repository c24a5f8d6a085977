"""The Explore page as one file of HTML that needs neither a server nor a network."""
