curl -s --etag-save tag.txt -o basin.json 'BASE/api/v1/basins/2716'
curl -s --etag-compare tag.txt -o basin.json -w '%{http_code}\n' 'BASE/api/v1/basins/2716'
