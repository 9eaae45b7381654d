"""Classifying pictures without labels: neighbors, cluster heads, self-labeling (SCAN, Van Gansbeke et al. 2020)."""
