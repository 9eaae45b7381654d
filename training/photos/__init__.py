"""What is trained on: photos, where they come from, and the views made of them."""
