"""What becomes of many units if something is otherwise."""
