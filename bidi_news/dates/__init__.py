"""When a page was published: find stamps, read them, decide between readings, or say that nothing decides."""
