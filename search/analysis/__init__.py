"""Persian text to tokens. Plain Python; imports nothing of ours."""
