"""Reports of the present settings, as HTML and as a Word file, and the pictures and workbooks of single charts."""
