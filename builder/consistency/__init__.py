"""Whether what is written fits together: no origin rests on itself, no claim settles what comes later."""
