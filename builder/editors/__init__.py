"""What editors are told, so that they know the words: schemas, ids to choose from, settings and snippets."""
