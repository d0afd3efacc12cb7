"""Sources of pages: bytes, text, HTML, JSON Lines, files and folders, all read into pages and documents."""
