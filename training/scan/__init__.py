"""Classifying pictures without labels: neighbors, cluster heads, self-labelling (SCAN, Van Gansbeke et al. 2020)."""
