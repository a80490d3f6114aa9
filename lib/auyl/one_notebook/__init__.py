"""What a single notebook needs, kept here for now.

Nothing outside this room may import it: each module moves into its notebook or becomes a general form of `display`.
"""
