"""gunicorn for one small computer: one process, several threads. With PostgreSQL raise WEB_CONCURRENCY."""

worker_class = "gthread"
threads = 8
timeout = 60
max_requests = 50_000  # a worker is renewed now and then, one at a time
max_requests_jitter = 5_000
accesslog = None  # the program writes its own request log, without addresses and names
loglevel = "warning"
control_socket_disable = True
