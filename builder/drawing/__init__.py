"""Where marks, bars and ribbons lie in the pictures that templates draw."""
