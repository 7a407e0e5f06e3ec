"""Readers of file formats; each turns bytes into rows of text and judges no meaning."""
