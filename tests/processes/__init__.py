"""How other programs are started and supervised."""
