-- Reads a JSON list of Markdown texts from standard input. Writes one line for each: its syntax tree, and for each
-- citation in it, in the order of a walk from above, what citeproc makes of the suffix (see locators.csl).

local style = arg[1]
local source = pandoc.MetaMap({
  id = pandoc.MetaString("source"), type = pandoc.MetaString("book"), title = pandoc.MetaString("T"),
})
local alone = {}

local function plain(suffix)
  return pandoc.Inlines(suffix):walk({ Cite = function(cite) return cite.content end })
end

local function take(citation)
  local one = pandoc.Citation("source", "NormalCitation", {}, plain(citation.suffix))
  table.insert(alone, pandoc.Para({ pandoc.Cite({ pandoc.Str("x") }, { one }) }))
end

local function visit(cite)
  for _, citation in ipairs(cite.citations) do take(citation) end
  for _, citation in ipairs(cite.citations) do
    pandoc.Inlines(citation.prefix):walk({ traverse = "topdown", Cite = visit })
    pandoc.Inlines(citation.suffix):walk({ traverse = "topdown", Cite = visit })
  end
  return nil, false
end

local trees, last = {}, {}
for _, text in ipairs(pandoc.json.decode(io.read("a"), false)) do
  local document = pandoc.read(text, "markdown")
  document.blocks:walk({ traverse = "topdown", Cite = visit })
  table.insert(trees, pandoc.write(document, "json"))
  table.insert(last, #alone)
end

local cited = pandoc.Pandoc(alone, {
  references = pandoc.MetaList({ source }), csl = pandoc.MetaString(style), ["suppress-bibliography"] = true,
})
local shown = pandoc.utils.citeproc(cited).blocks
local first = 1
for number, tree in ipairs(trees) do
  local suffixes = {}
  for here = first, last[number] do table.insert(suffixes, pandoc.utils.stringify(shown[here])) end
  first = last[number] + 1
  print('{"tree":' .. tree:gsub("\n", "") .. ',"suffixes":' .. pandoc.json.encode(pandoc.List(suffixes)) .. "}")
end
