"""STEM Tutor's history room: threads, exchanges and settings on disk. No Qt."""
