"""Bookings: appointments, what openings are computed from, ways to an appointment, requests, the waiting list."""
