"""Topics that stand out: found after each run, kept as rows, and sent out once when somebody asked for it."""
