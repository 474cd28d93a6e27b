"""What `make run` does after the Python environment stands: set the site up, then keep its processes running.

Plain Python: the supervisor itself never imports Django, so that it starts at once and stays small.
"""
