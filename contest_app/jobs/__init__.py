"""Long work done beside the requests: a job is a row, its result lies in pieces, Huey only carries its number."""
