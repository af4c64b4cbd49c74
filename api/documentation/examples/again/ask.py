from urllib.error import HTTPError
from urllib.request import Request, urlopen

address = "BASE/api/v1/basins/2716"
tag = urlopen(address).headers["ETag"]

try:
    urlopen(Request(address, headers={"If-None-Match": tag}))
except HTTPError as unchanged:
    print(unchanged.code, unchanged.reason)
