namespace ImgApi.Api.Web.Server;

/// <summary>The page of the server: how it is, what it stores and what it does.</summary>
internal sealed class ServerPageController(ServerFacts facts) : PageController
{
    [HttpRead("/ui/server", Name = "ServerPage")]
    [Authorize(Policies.Ping)]
    public async Task<IActionResult> Show(Caller caller) => View("Server", await facts.ReadAsync(caller, Cancellation));
}
