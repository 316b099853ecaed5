"""Whether what is written fits together: each id leads somewhere, no origin rests on itself, keys go together."""
