"""The page of one appointment, for who has its secret address: see, move, cancel, keep the papers, erase."""
