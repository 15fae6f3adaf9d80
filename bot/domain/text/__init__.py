"""What is done to any text: folding, patterns, French typography and formats, likeness, tables for spreadsheets."""
