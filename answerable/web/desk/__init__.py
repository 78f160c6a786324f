"""The desk: where staff set up, moderate, bring in, weigh and publish."""
