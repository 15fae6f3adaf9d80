"""Appointments: openings, holds, what may change and until when, what is agreed and noted of an interview."""
