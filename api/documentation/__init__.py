"""The page that explains the interface, its examples and their recorded answers."""
