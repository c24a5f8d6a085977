"""The equations of the model, one chapter a file; docs/model gives the reading order."""
