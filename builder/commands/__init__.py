"""One file for each group of commands: what they understand and print. The work is done elsewhere."""
