"""What those who run the site see and decide: reports, decisions, appeals, people, settings."""
