"""Ids, clock, facts, storage, signing, pagination: knows nothing of video."""
