using System.Net;
using System.Text.RegularExpressions;

namespace ImgApi.Tests.Support;

/// <summary>A browser without scripts: it keeps cookies, asks for pages and sends forms. It does not follow redirects.</summary>
internal sealed partial class PageClient : IDisposable
{
    private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false };
    private readonly string _prefix;

    /// <param name="prefix">The <c>pathBase</c> of the server, without the slash at its end.</param>
    public PageClient(TestServer server, string prefix = "", Uri? address = null)
    {
        _prefix = prefix;
        _handler.ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator;
        Http = new HttpClient(_handler) { BaseAddress = address ?? server.Address, DefaultRequestHeaders = { { "Accept", "text/html" } } };
    }

    public HttpClient Http { get; }

    /// <summary>The cookie of the session; null without one.</summary>
    public string? Session
    {
        get => Cookies["imgapi-session"]?.Value;
        set => _handler.CookieContainer.Add(Http.BaseAddress!, new Cookie("imgapi-session", value, _prefix.Length == 0 ? "/" : _prefix));
    }

    private CookieCollection Cookies => _handler.CookieContainer.GetCookies(new Uri(Http.BaseAddress!, _prefix + "/"));

    public void Dispose()
    {
        Http.Dispose();
        _handler.Dispose();
    }

    public Task<Answer> OpenAsync(string path, params (string Name, string Value)[] headers) => Http.GetAnswerAsync(_prefix + path, headers);

    /// <summary>Opens the sign-in and sends its form.</summary>
    /// <param name="returnTo">The query parameter <c>return</c>, encoded.</param>
    public async Task<Answer> SignInAsync(
        string user = TestServer.User, string password = TestServer.Password, string? returnTo = null, params (string Name, string Value)[] headers)
    {
        var page = await OpenAsync("/ui/sign-in" + (returnTo is null ? "" : $"?return={returnTo}"), headers);
        var action = WebUtility.HtmlDecode(FormAction.Match(page.Text).Groups[1].Value)[_prefix.Length..];
        return await SendFormAsync(action, [("name", user), ("password", password), ("__RequestVerificationToken", FormToken(page))], headers);
    }

    public async Task<Answer> SignOutAsync() =>
        await SendFormAsync("/ui/sign-out", [("__RequestVerificationToken", FormToken(await OpenAsync("/")))]);

    public Task<Answer> SendFormAsync(string path, (string Name, string Value)[] fields, params (string Name, string Value)[] headers) => Http.PostAnswerAsync(
        _prefix + path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), headers);

    /// <summary>What scripts send besides the cookie.</summary>
    public async Task<(string Name, string Value)> ScriptHeaderAsync() =>
        ("Authorization", "Session " + SessionToken.Match((await OpenAsync("/")).Text).Groups[1].Value);

    public static string FormToken(Answer page) => FormTokenField.Match(page.Text).Groups[1].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex FormTokenField { get; }

    [GeneratedRegex("method=\"post\" action=\"([^\"]+/sign-in[^\"]*)\"")]
    private static partial Regex FormAction { get; }

    [GeneratedRegex("<meta name=\"session-token\" content=\"([^\"]+)\"")]
    private static partial Regex SessionToken { get; }
}
