"""Evidence: observations with their grades, and how well the model reproduces them."""
