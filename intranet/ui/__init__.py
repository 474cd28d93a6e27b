"""What readers and editors see: Jalali dates, Persian digits, the design system. Imports no other room."""
