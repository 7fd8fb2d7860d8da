using System.Security.Cryptography;
using System.Text;

namespace ImgApi.Api.Authentication;

/// <summary>
/// Authenticates the browser of a user who is signed in. For a page the cookie suffices. The scripts of the pages call the API with
/// <c>Authorization: Session TOKEN</c> besides: a browser does not add that to requests of other sites, so they cannot use the cookie.
/// </summary>
internal sealed class SessionScheme(BrowserSessions sessions)
{
    private const string Prefix = "Session ";

    public static bool Handles(string header) => header.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Checks the request of a script.</summary>
    public Verdict Check(HttpContext context, string header) =>
        Find(context) is { } session && IsSame(session.Token, header[Prefix.Length..]) ? Accept(context, session) : Ended();

    /// <summary>
    /// Checks the request for a page. Null without a session: the cookie may be that of another server on the same host, so it is no wrong
    /// credential.
    /// </summary>
    public Verdict? CheckPage(HttpContext context) => Find(context) is { } session ? Accept(context, session) : null;

    private BrowserSession? Find(HttpContext context) => SessionCookie.IdOf(context) is { } id ? sessions.Use(id) : null;

    private Verdict Accept(HttpContext context, BrowserSession session)
    {
        sessions.BeginRequest(session);
        context.Response.OnCompleted(() =>
        {
            sessions.EndRequest(session);
            return Task.CompletedTask;
        });
        context.Features.Set(session);
        return Verdict.Accept(session.User.Name);
    }

    private static Verdict Ended() => Verdict.Refuse(user: null, "the session has ended; sign in again");

    private static bool IsSame(string token, string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(given));
}
