"""The explorer: everything on one page for the browser."""
