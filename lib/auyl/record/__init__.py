"""What others published: the tables of data/, read and checked."""
