"""The page "Did the plan work?"."""
