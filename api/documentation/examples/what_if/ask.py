import json
from urllib.request import Request, urlopen

question = {"activity": "32.50B", "basin": "8427", "changes": {"land.sites": 4}}
sent = Request("BASE/api/v1/what-if", json.dumps(question).encode(), headers={"Content-Type": "application/json"})
found = json.load(urlopen(sent))

before, after = found["before"], found["after"]
print(f"{found['basin']['name']} : {before['score']:.1f} points, rang {before['rank']}")
print(f"avec quatre sites : {after['score']:.1f} points, rang {after['rank']}")
