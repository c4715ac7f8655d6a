"""The functions for users: tables, evidence, coverage, status, threads, attendance, citation."""
