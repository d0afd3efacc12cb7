"""Records out: JSON Lines, the normalized text, and what a person wants to see on a terminal."""
