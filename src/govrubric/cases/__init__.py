"""The rubric's own tests."""
