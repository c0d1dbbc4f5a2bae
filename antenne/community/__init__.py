"""Comments, likes, subscriptions, notifications, posts and groups."""
