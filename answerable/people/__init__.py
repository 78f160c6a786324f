"""Persons, the organisations they speak for, what they may do and what they agreed to."""
