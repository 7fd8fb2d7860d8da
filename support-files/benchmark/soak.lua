-- Requests random lines of the file in PATHS, so that repeated lines get a larger share.
local paths = {}
for line in io.lines(os.getenv("PATHS")) do paths[#paths + 1] = line end
math.randomseed(tonumber(os.getenv("SEED")))
request = function()
  return wrk.format("GET", paths[math.random(#paths)])
end
