"""Who watched what, for how long: the event log, views, history, statistics, bytes delivered."""
