"""Text that an author wrote -> formula."""
