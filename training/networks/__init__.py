"""The networks that are trained, and the teacher."""
