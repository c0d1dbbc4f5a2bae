"""Every component with its states, shown with invented rows."""
