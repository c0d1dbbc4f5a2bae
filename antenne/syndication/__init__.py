"""What other sites and programs are told, and what comes in from their feeds."""
