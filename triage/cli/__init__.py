"""The command line: arguments to one frozen request, results to lines."""
