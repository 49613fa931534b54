"""A real browser walks the main job over two fresh nodes, with axe on every page."""
