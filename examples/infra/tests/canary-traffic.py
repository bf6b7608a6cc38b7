"""Buyers and merchants in front of a canary: opens orders, looks at them and calls them off until it is told to end, by SIGTERM, and then prints what it
got as JSON: how many answers there were by status, and how many requests were lost. usage: canary-traffic.py PORT API_KEY"""
import collections, http.client, itertools, json, signal, sys, threading, time

port, key = int(sys.argv[1]), sys.argv[2]
ending = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: ending.set())
numbers = itertools.count(1)
answers = collections.Counter()
lost = []
lock = threading.Lock()


def ask(method, path, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    try:
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.read()
        status, version = answer.status, answer.getheader("X-Version", "?")
    except (OSError, http.client.HTTPException) as e:
        with lock:
            lost.append(f"{method} {path}: {e!r}")
        return 0
    finally:
        connection.close()
    with lock:
        # What the proxy says where it reaches nobody is a request that was lost.
        if status in (502, 504):
            lost.append(f"{method} {path}: {status}")
        answers[f"{version} {status}"] += 1
    return status


def client(name):
    while not ending.is_set():
        order = f"C{name}-{int(time.time())}-{next(numbers)}"
        body = json.dumps({"id": order, "network": "tron", "asset": "USDT", "amount": "25"})
        if ask("POST", "/api/orders", body) == 201:
            ask("GET", f"/api/orders/{order}")
            ask("DELETE", f"/api/orders/{order}")
        ask("GET", "/api/openapi.json")
        time.sleep(0.05)


threads = [threading.Thread(target=client, args=(n,)) for n in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(json.dumps({"answers": dict(sorted(answers.items())), "lost": lost}))
