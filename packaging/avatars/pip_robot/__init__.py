"""Pip, a friendly receptionist robot: skeleton, body, face, expressions and clips."""
