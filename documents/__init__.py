"""Every generated page and table, written from the model, its data and stored results by `hebei2025 documents`."""
