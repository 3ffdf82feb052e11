-- For wrk: figures with a filter that was never asked for before, of the register that bench/import.awk makes.
local countries = {"US", "FR", "DE", "GB", "IT", "ES", "BR", "IN", "JP", "AU", "CA", "NL", "SE", "PL", "ZA", "MX", "IE", "CZ"}
local kinds = {"hospital", "clinic", "laboratory", "pharmacy", "care_home", "primary_care"}
local types = {"ransomware", "data_theft", "ddos", "account_compromise", "intrusion", "data_extortion"}
local asked = {}

local function any(list, most)
  local words = {}
  for i = 1, math.random(most) do words[i] = list[math.random(#list)] end
  return table.concat(words, ",")
end

local function day(year) return string.format("%d-%02d-%02d", year, math.random(12), math.random(28)) end

local function query()
  local parts, year = {}, math.random(2010, 2024)
  if math.random() < 0.4 then parts[#parts + 1] = "type=" .. any(types, 3) end
  if math.random() < 0.35 then parts[#parts + 1] = "country=" .. any(countries, 4) end
  if math.random() < 0.2 then parts[#parts + 1] = "org_type=" .. any(kinds, 3) end
  parts[#parts + 1] = "from=" .. day(year)
  parts[#parts + 1] = "to=" .. day(math.random(year + 1, 2025))
  return table.concat(parts, "&")
end

function init() math.randomseed(os.time()) end

function request()
  local text
  repeat text = query() until not asked[text]
  asked[text] = true
  return wrk.format("GET", "/api/v1/figures?" .. text)
end
