"""Looking at a run while it trains."""
