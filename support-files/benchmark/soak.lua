-- Asks for lines of the file that PATHS names, one at random after the other, each with its own share of the requests.
local paths = {}
for line in io.lines(os.getenv("PATHS")) do paths[#paths + 1] = line end
math.randomseed(tonumber(os.getenv("SEED")))
request = function()
  return wrk.format("GET", paths[math.random(#paths)])
end
