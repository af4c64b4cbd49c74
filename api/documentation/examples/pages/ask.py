import json
import re
from urllib.request import urlopen

address, communes = "BASE/api/v1/communes?basin=2716&limit=25", []
while address:
    answer = urlopen(address)
    communes += json.load(answer)["results"]
    following = re.search('<([^>]+)>; rel="next"', answer.headers.get("Link", ""))
    address = following and following[1]

print(len(communes), "communes,", sum(one["population"] for one in communes), "habitants")
