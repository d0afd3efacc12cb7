"""What this package knows about characters: classes and scripts, bidi controls, Hebrew, folding."""
