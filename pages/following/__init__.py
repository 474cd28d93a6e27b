"""What becomes of resolutions: notified, objected to or binding, followed up until there is evidence."""
