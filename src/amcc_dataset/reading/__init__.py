"""What a reader calls: tables, evidence, coverage, status, threads, attendance, citation."""
