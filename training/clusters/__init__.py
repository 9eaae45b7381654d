"""Groups of the training photos' features, which DeepCluster takes for labels."""
