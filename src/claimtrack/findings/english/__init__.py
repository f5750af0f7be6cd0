"""English as claims and quotes have it: words, stems, numbers and dates."""
