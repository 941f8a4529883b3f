"""What an author may write."""
