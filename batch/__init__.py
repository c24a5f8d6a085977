"""Running many scenarios and writing their results to files."""
