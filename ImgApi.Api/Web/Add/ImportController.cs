namespace ImgApi.Api.Web.Add;

/// <summary>The page where images of another server are found and imported.</summary>
[Needs(Right.Import)]
internal sealed class ImportController(IRemoteImages remote, IImageRepository images) : PageController
{
    /// <summary>Shows the images of another server that match.</summary>
    /// <param name="source">URL of the other server, optionally with <c>?channel=NAME</c> at its end.</param>
    /// <param name="q">Words, all of which an image must have.</param>
    [HttpRead("/ui/import", Name = "ImportPage")]
    public async Task<IActionResult> Show([FromQuery] string? source, [FromQuery] string? q)
    {
        if (string.IsNullOrWhiteSpace(source) || Browsers.IsFromAnotherSite(Request))
        {
            return View("Import", new ImportPage(null, null, [], IsCut: false, Problem: null));
        }

        return View("Import", await FindAsync(new ImportPage(source, q, [], IsCut: false, Problem: null), source.Trim()));
    }

    private async Task<ImportPage> FindAsync(ImportPage page, string url)
    {
        if (!ImageSource.TryParse(url, out var source))
        {
            return page with { Problem = "The server must be an http or https URL." };
        }

        if (source.Credentials is not null)
        {
            // The URL of this page is kept by the browser's history and by logs.
            return page with { Problem = "A password does not belong in the URL of a page. The command imgapi import --from asks for it." };
        }

        try
        {
            var found = await remote.ListAsync(source, [], HttpContext.TraceIdentifier, Cancellation)
                .Matching(TextSearch.Words(page.Words)).Select(ImportRow.Of).OfType<ImportRow>().Take(ImportPage.Size + 1).ToListAsync(Cancellation);
            var rows = new List<ImportRow>();
            foreach (var row in found.Take(ImportPage.Size))
            {
                rows.Add(row with { Local = await images.FindAsync(row.Uuid, Cancellation) });
            }

            return page with { Rows = rows, IsCut = found.Count > ImportPage.Size };
        }
        catch (ImgApiException refusal)
        {
            return page with { Problem = $"{source}: {refusal.Message}" };
        }
    }
}
