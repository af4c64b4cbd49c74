library(httr2)

asked <- request("BASE/api/v1/basins/2716")
tag <- resp_header(req_perform(asked), "ETag")

asked |>
  req_headers("If-None-Match" = tag) |>
  req_error(is_error = \(answer) FALSE) |>
  req_perform() |>
  resp_status()
