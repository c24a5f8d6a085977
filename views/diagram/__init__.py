"""The diagram of causes and effects, drawn in the browser."""
