"""`python -m auyl` is the command `auyl`."""

from auyl.cli import main

if __name__ == "__main__":
    main(prog_name="python -m auyl")
