"""Read and write files: with limits on size, inside one folder, all files or none.

Imports no other part of this package.
"""
