"""Videos and channels; the one owner of visibility."""
