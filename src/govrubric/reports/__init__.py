"""What people read of a rubric or of score cards."""
