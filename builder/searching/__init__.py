"""Looking through the articles: for words, for what speaks to a claim, for what no claim rests on yet."""
