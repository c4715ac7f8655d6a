"""Compare claims with the texts of the documents."""
