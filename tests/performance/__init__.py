"""What `manage.py bench` measures: each module here has a function `run(bench)` that yields figures."""
