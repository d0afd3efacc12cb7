"""One name, every spelling: the lexicon, the matcher, the guards, the edits, the keys."""
