"""Reading and writing files: bounded, inside one folder, all or none. Imports nothing of ours."""
