"""The only place that speaks SQL: tables, repositories, unit of work, migrations."""
