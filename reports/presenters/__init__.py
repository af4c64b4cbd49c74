"""What the pages of exports say, in words and figures of the reader's language."""
