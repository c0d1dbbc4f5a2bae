"""What other sites and programs are told: oEmbed, feeds, sitemaps."""
