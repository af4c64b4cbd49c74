library(httr2)

answers <- request("BASE/api/v1/communes?basin=2716&limit=25") |>
  req_perform_iterative(iterate_with_link_url(rel = "next"), max_reqs = Inf)

communes <- resps_data(answers, \(one) resp_body_json(one)$results)
length(communes)
