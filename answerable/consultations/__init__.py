"""Consultations: sessions, guiding questions, contributions, replies, stances, moderation, imports."""
