"""Advisers' agendas: weekly hours, absences, closures, calendar feeds, the network as files."""
