"""Seedling: a small family of models for flat illustration, trained from scratch. See ../README.md."""
