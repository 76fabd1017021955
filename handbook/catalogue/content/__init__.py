"""The editorial source under content/: reading it, checking it, bringing it into the database."""
